import { expect, test } from "vitest";
import { orgDigits, orgNumberFault } from "./org-number";

test.each([
  ["313045285", null],
  ["310886424", null],
  ["313045284", "check_digit"],
  ["31304528", "length"],
  ["3130452855", "length"],
  ["", "missing"],
])("%s: %s", (digits, fault) => {
  expect(orgNumberFault(digits)).toBe(fault);
});

test("any one digit changed is refused", () => {
  for (let at = 0; at < 9; at++) {
    for (let digit = 0; digit < 10; digit++) {
      const changed = `${"313045285".slice(0, at)}${digit}${"313045285".slice(at + 1)}`;
      if (changed !== "313045285") expect(orgNumberFault(changed), changed).toBe("check_digit");
    }
  }
});

test.each(["313 045 285", "NO313045285", "NO 313\u00a0045\u00a0285 MVA", "no313045285mva"])("%s is read as nine digits", (typed) => {
  expect(orgDigits(typed)).toBe("313045285");
});
