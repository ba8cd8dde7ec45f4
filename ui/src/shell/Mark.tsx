/** The mark of the program: a gate with a keyhole. */
export function Mark() {
  return (
    <svg className="app-mark" viewBox="0 0 30 30" aria-hidden focusable="false">
      <rect className="app-mark-ground" width="30" height="30" rx="8" />
      <path className="app-mark-gate" d="M8 24V14a7 7 0 0 1 14 0v10" />
      <circle className="app-mark-key" cx="15" cy="15" r="2.4" />
      <path className="app-mark-gate" d="M15 17v7" />
    </svg>
  );
}
