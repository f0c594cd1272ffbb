import type { ErrorCatalog, ErrorDefinition, LocalizedText, MessageCatalog } from '@gradvis/kernel'

export type Texts = Readonly<{ errors: readonly ErrorCatalog[]; messages: readonly MessageCatalog[] }>

/** By namespace, where a reader meets the texts. A namespace that is not here is told to be shown wherever it is thrown. */
const SHOWN: Readonly<Record<string, string>> = {
  audit: 'svar från granskningsloggen och `gradvis audit`',
  audit_break: '`gradvis audit verify`, när kedjan är bruten',
  audit_trail: '`gradvis audit`',
  backup: 'svar från BackupService (båda sidor), HTTP-svar från protokollappen',
  change: '`gradvis promote`, `pause`, `resume`, `set`, `rollback`, `force-legacy`, `incident` och `sign-off`',
  cli: 'felutskrifter från `gradvis`',
  container: 'svar från tjänstelagret när en sida inte går att få tag på, och i tester',
  flags: 'start av applikationen, och `gradvis plan`',
  help: '`gradvis --help`',
  http: 'HTTP-svar från protokollappen',
  layer: 'start av tjänstelagret',
  localization: 'i stället för fel som saknar egen text',
  log: '`gradvis log`',
  media: 'svar från tjänster för ljud och bild',
  network: 'start av NetworkConnectivityService, och dess råd till användaren',
  plan: '`gradvis plan`',
  privacy: 'start av tjänstelagret, och svar från skyddet av personuppgifter',
  protokoll: 'utskrifter från `npm start`',
  report: '`gradvis report`',
  rollout: 'nekade kommandon, och `gradvis status`',
  rollout_store: 'lagret för utrullningen: start av applikationen, och `gradvis`',
  service: 'svar från varje tjänst',
  start: 'start med `npm start`',
  simulate: '`gradvis simulate` och `replay`',
  status: '`gradvis status`',
  webrtc: 'svar från WebRTCPeerService (båda sidor), HTTP-svar från protokollappen',
  why: '`gradvis why`',
}
const WHOSE = { caller: 'anroparen', service: 'tjänsten' } satisfies Record<ErrorDefinition['fault'], string>

/** `docs/messages.sv.md`, in Swedish: every text by its key with the English beside it, for whoever reviews the Swedish. */
export function messagesPage({ errors, messages }: Texts): string {
  const errorRows = entriesOf<ErrorDefinition>(errors)
  const messageRows = entriesOf<LocalizedText>(messages)
  return `# Meddelanden på svenska

Skapad av \`npm run docs\` ur felkatalogerna och textkatalogerna. Ändra texterna där, inte här. Sidan är till för granskning:
${errorRows.length} felmeddelanden och ${messageRows.length} andra texter. Ett felmeddelande säger vad som har hänt och vad man gör härnäst.

\`{{namn}}\` fylls i. \`{{namn, number}}\` skrivs som tal, \`duration\` som tidslängd (av millisekunder), \`instant\` som tidpunkt i
UTC, och \`plural(ett|flera)\` väljer ord efter antalet. Nycklar som slutar på \`_one\` och \`_other\` är samma text i ental och
flertal.

# Felmeddelanden

${sections(errorRows, ['Kod', 'Svenska', 'English', 'Fel hos', 'Nytt försök', 'Parametrar'], errorCells)}
# Andra texter

${sections(messageRows, ['Nyckel', 'Svenska', 'English', 'Parametrar'], messageCells)}`
}

type Entry<Row> = readonly [key: string, row: Row]

function entriesOf<Row>(catalogs: readonly Readonly<Record<string, Row>>[]): readonly Entry<Row>[] {
  return catalogs.flatMap((catalog) => Object.entries(catalog)).sort(([a], [b]) => (a < b ? -1 : 1))
}

function sections<Row>(
  rows: readonly Entry<Row>[],
  columns: readonly string[],
  cells: (entry: Entry<Row>) => readonly string[],
): string {
  return [...Map.groupBy(rows, ([key]) => namespaceOf(key))]
    .map(([namespace, own]) => {
      const lines = [columns, columns.map(() => '---'), ...own.map(cells)].map((line) => `| ${line.join(' | ')} |`)
      const shown = SHOWN[namespace] ?? 'där det uppstår'
      return `## ${namespace}\n\nVisas: ${shown}.\n\n${lines.join('\n')}\n`
    })
    .join('\n')
}

function namespaceOf(key: string): string {
  return key.slice(0, key.indexOf('.'))
}

function errorCells([code, row]: Entry<ErrorDefinition>): readonly string[] {
  const again = row.retryable ? 'ja' : 'nej'
  const [key, swedish, english, params] = messageCells([code, row])
  return [key, swedish, english, WHOSE[row.fault], again, params]
}

function messageCells([key, { sv, en }]: Entry<LocalizedText>): readonly [string, string, string, string] {
  const params = new Set([...`${sv}${en}`.matchAll(/\{\{(\w+)/g)].map(([, name]) => `\`${name}\``))
  return [`\`${key}\``, cell(sv), cell(en), [...params].join(', ') || '–']
}

/** One line of a table: no bar, no line break, and no space at the ends that a reviewer could not see. */
function cell(text: string): string {
  const visible = text.replace(/^ +| +$/g, (spaces) => '␣'.repeat(spaces.length))
  return visible.replaceAll('<', '&lt;').replaceAll('|', '\\|').replaceAll('\n', '<br>')
}
