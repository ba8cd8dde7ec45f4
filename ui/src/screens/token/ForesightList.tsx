import { Button, Details, Heading, Paragraph } from "@digdir/designsystemet-react";
import { ExclamationmarkTriangleFillIcon, InformationSquareFillIcon, XMarkOctagonFillIcon } from "@navikt/aksel-icons";
import type { Path } from "../../app/route";
import type { Foresight, Place } from "../../bridge/wire";
import { AppLink } from "../../components/AppLink";
import { saidParams } from "../../components/said-params";
import { failureText } from "../../i18n/shared";
import { useText } from "../../i18n/text";
import type { TuneField } from "./tune-field";

type ForesightListProps = {
  foresights: Foresight[];
  /** Leads to the field that a foresight is about. */
  onField: (field: TuneField, foresight: Foresight) => void;
};

/** What we see before anything is sent: what would come, and the one thing to change. */
export function ForesightList({ foresights, onField }: ForesightListProps) {
  const { t } = useText();
  const count = foresights.length;
  const grave = foresights.some(({ gravity }) => gravity !== "note");
  return (
    <>
      {/* It comes a moment after what was typed: said without moving anybody. */}
      <p role="status" className="app-hidden">
        {count > 0 && t("foresee.said", { count })}
      </p>
      {count > 0 && <List foresights={foresights} onField={onField} title={t(grave ? "foresee.title" : "foresee.title_notes")} />}
    </>
  );
}

function List({ foresights, onField, title }: ForesightListProps & { title: string }) {
  return (
    <section className="app-foresee" aria-labelledby="foresee-title" data-testid="foresights">
      <Heading level={2} data-size="2xs" id="foresee-title">
        {title}
      </Heading>
      <ul className="app-foresee-list">
        {foresights.map((foresight) => (
          <Row key={`${foresight.code} ${Object.values(foresight.params).join(" ")}`} foresight={foresight} onField={onField} />
        ))}
      </ul>
    </section>
  );
}

function Row({ foresight, onField }: { foresight: Foresight } & Pick<ForesightListProps, "onField">) {
  const text = useText();
  const { t } = text;
  const said = failureText(text.language, { code: foresight.code, params: saidParams(text, foresight.params) });
  const Icon = ICONS[foresight.gravity];
  const refusal = foresight.refusal?.match(/^mp_(\d{3})$/);
  return (
    <li className="app-foresight" data-gravity={foresight.gravity} data-testid={`foresight-${foresight.code}`}>
      <Icon aria-hidden fontSize="1.25rem" />
      <div className="app-foresight-body">
        <span className="app-hidden">{t(`foresee.gravity.${foresight.gravity}`)}</span>
        <Paragraph className="app-foresight-title">{said.what}</Paragraph>
        {said.why && <Paragraph data-size="sm">{said.why}</Paragraph>}
        {said.do[0] && (
          <Paragraph data-size="sm" className="app-foresight-do">
            {said.do[0]} <Way foresight={foresight} onField={onField} />
          </Paragraph>
        )}
        <Details data-color="neutral" className="app-foresight-source">
          <Details.Summary>{t("foresee.why")}</Details.Summary>
          <Details.Content>
            {refusal && <Paragraph data-size="sm">{t("foresee.refusal", { code: `MP-${refusal[1]}` })}</Paragraph>}
            <Paragraph data-size="sm">{t("foresee.source", { source: foresight.source })}</Paragraph>
          </Details.Content>
        </Details>
      </div>
    </li>
  );
}

/** The way to the one thing to change. */
function Way({ foresight, onField }: { foresight: Foresight } & Pick<ForesightListProps, "onField">) {
  const { t } = useText();
  const { place } = foresight;
  if (place === "clock" || place === "nowhere") return null;
  if (isStep(place)) return <AppLink to={{ path: STEPS[place] }}>{t(`foresee.go.${place}`)}</AppLink>;
  return (
    <Button variant="tertiary" className="app-foresight-go" onClick={() => onField(place, foresight)}>
      {t(`foresee.go.${place}`)}
    </Button>
  );
}

type StepPlace = Exclude<Place, TuneField | "clock" | "nowhere">;

function isStep(place: StepPlace | TuneField): place is StepPlace {
  return place in STEPS;
}

const STEPS: Record<StepPlace, Path> = { certificate: "/sertifikater", client: "/klient", environment: "/oppsett/miljo" };

const ICONS = {
  stop: XMarkOctagonFillIcon,
  warning: ExclamationmarkTriangleFillIcon,
  note: InformationSquareFillIcon,
};
