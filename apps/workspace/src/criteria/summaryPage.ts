import type { Heading, Measured } from './criteriaOf.ts'
import { SOURCE_PARTS } from './MigratedService.ts'
import { markdownTable } from './markdownTable.ts'
import { whole } from './swedishNumbers.ts'

const TECHNICAL = 5

/** `docs/ServiceLayerMigrationSummary.md`. The same measurements give the same page. */
export function summaryPage(headings: readonly Heading[], { services }: Pick<Measured, 'services'>): string {
  return [
    INTRODUCTION,
    '## Framgångskriterier',
    '### Tekniska kriterier',
    ...headings.slice(0, TECHNICAL).map(section),
    '### Affärskriterier',
    ...headings.slice(TECHNICAL).map(section),
    SIZES,
    table(services),
    METHOD,
  ]
    .join('\n\n')
    .concat('\n')
}

function section({ title, criteria }: Heading): string {
  const isMet = criteria.length > 0 && criteria.every(({ met }) => met)
  const rows = criteria.flatMap(({ met, text, because }) => [
    `- ${mark(met)} ${text}`,
    ...shown(because).map((reason) => `  - ${reason.replaceAll('_', String.raw`\_`)}`),
  ])
  return [`#### ${mark(isMet)} ${title}`, '', ...rows].join('\n')
}

/** Enough to begin with; whoever wants all runs the tests. */
function shown(because: readonly string[]): readonly string[] {
  const rest = because.length - REASONS
  return rest > 0 ? [...because.slice(0, REASONS), `… och ${rest} till`] : because
}

const REASONS = 12

function mark(met: boolean): string {
  return met ? '✅' : '✗'
}

function table(services: Measured['services']): string {
  const rows = services.map(({ service, sources }) => [
    service.name,
    ...SOURCE_PARTS.map((part) => whole(sources.parts[part].tokens)),
  ])
  return markdownTable(['Tjänst', 'Legacy', 'Migrerad', 'Adapter', 'Gemensamt'], rows)
}

const INTRODUCTION = `# Service Layer Migration Summary

Skapad av \`npm run criteria\`, som mäter schemats framgångskriterier på koden som den är. ✅ betyder att gränsen nås, ✗ att
den inte gör det. Ändra koden, inte den här sidan. \`npm run criteria -- --json\` ger samma värden för maskiner.`

const SIZES = `## Källkodens storlek

Symboler enligt TypeScripts egen läsare, utan tomrum och kommentarer. Adaptern hör till ingen sida: den finns bara så länge
legacy finns. Det gemensamma (kontrakt, filformat, felkatalog, signalering) används av båda eller av den ena genom kontraktet
och räknas inte heller. Tester, testverktyg och självtester är inte med.`

const METHOD = `## Så mäts det

- **Kodminskning:** symboler i den migrerade sidan mot symboler i legacy. Schemat vill ha 30–40 %; kriteriet nås från 30 %.
- **Testtäckning:** rader och grenar i den migrerade sidan som testerna når. Båda ska vara minst 90 %.
- **GDPR och svenska:** alla tester av personuppgiftsskyddet och av felmeddelandena. Utan ett enda
  kört test är kriteriet inte nått.
- **Mönstret:** syntaxträdet genomsöks. Felöversättning är en \`catch\`, eller den andra funktionen i ett \`then\`, som kastar ett fel
  den själv skapar, omförsök en slinga som fortsätter efter ett fångat fel eller en väntan som växer med antalet fel, cache en
  tabell eller klass med det namnet.
- **Regression:** kontraktets tester körs på båda sidor, på samma sätt.
- **Prestanda:** båda sidor körs i samma process, turvis och genom hela lagret, 40 rundor per operation. Tjänstens värde är
  medianen av operationernas kvoter. Under 1 är snabbare än legacy. Värdena skiftar något mellan körningar. Schemats egna
  grindar räknar inte skillnader under 1 ms; här räknas de.
- **Underhållsbörda:** antalet förgreningar (McCabe). Det säger hur många vägar som måste förstås och testas, inget mer.
- **Felhantering och logging:** hur många felfångster och loggrader som tjänsten skriver själv. Färre betyder att mer sköts
  av basen på ett enda sätt (felkod, svensk text, strukturerad logg, mätvärde), vilket de svenska testerna ovan visar.`
