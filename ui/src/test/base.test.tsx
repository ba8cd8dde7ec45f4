import { expect, test } from "vitest";
import { screen } from "@testing-library/react";
import { open } from "./render";

test("the base renders", async () => {
  await open({ path: "/token" });
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Hent token");
});
