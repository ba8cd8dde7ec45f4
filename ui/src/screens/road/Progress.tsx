import type { Road } from "../../bridge/wire";
import { useText } from "../../i18n/text";

/** Eight segments, and the same as a sentence. */
export function Progress({ road }: { road: Road }) {
  const { t } = useText();
  const sentence = t("road.progress", { done: road.done, total: road.steps.length });
  return (
    <div className="app-road-progress">
      <div className="app-road-progress-bar" role="img" aria-label={sentence}>
        {road.steps.map(({ number, status }) => (
          <span key={number} className="app-road-progress-part" data-status={status} />
        ))}
      </div>
      <p className="app-road-progress-text" data-testid="progress">
        {sentence}
      </p>
    </div>
  );
}
