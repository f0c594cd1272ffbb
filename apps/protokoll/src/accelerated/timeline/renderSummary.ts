import type { Language } from '@gradvis/kernel'
import { describeEvent, numberText, percentText } from '@gradvis/rollout'

import type { BackupCheck } from '../checkBackups.ts'
import type { EnteredPhase, ServiceSummary, Summary } from '../Summary.ts'

type Context = Readonly<{ language: Language; calendarOf: (at: number) => number }>

const TEXTS = {
  sv: {
    columns: ['tjänst', 'slutläge', 'operationer legacy', 'migrerad', 'fel', 'räddade av legacy', 'faser'],
    outcomes: {
      complete: 'Alla tjänster är helt utrullade.',
      'rolled-back': 'Minst en tjänst rullades tillbaka; den kör legacy.',
      held: 'Minst en tjänst står kvar: dess grind är inte uppfylld.',
    },
    hand: 'FÖR HAND',
    byHand: 'Grindar som inte var uppfyllda, befordrade för hand:',
    rolledBack: 'Tillbakarullade:',
    requests: (total: string, failed: string) => `Användarnas anrop: ${total}, varav misslyckade: ${failed}`,
    backups: 'Säkerhetskopior',
    lag: 'Händelseloopens fördröjning',
    store: 'Se mer:',
    removed:
      'Loggen är borttagen. Behåll den med --store rollout.db, eller kör utan --once, för att se mer med gradvis.',
  },
  en: {
    columns: ['service', 'ended', 'operations legacy', 'migrated', 'faults', 'rescued by legacy', 'phases'],
    outcomes: {
      complete: 'Every service is fully rolled out.',
      'rolled-back': 'At least one service was rolled back; it runs legacy.',
      held: 'At least one service stands still: its gate is not met.',
    },
    hand: 'BY HAND',
    byHand: 'Gates that were not met, promoted by hand:',
    rolledBack: 'Rolled back:',
    requests: (total: string, failed: string) => `Requests of users: ${total}, of which failed: ${failed}`,
    backups: 'Backups',
    lag: 'Event loop lag',
    store: 'To see more:',
    removed: 'The log is removed. Keep it with --store rollout.db, or run without --once, to see more with gradvis.',
  },
} as const

/** The end of a demonstration, for people. */
export function renderSummary(summary: Summary, context: Context): string {
  const { language } = context
  const texts = TEXTS[language]
  const { requests, eventLoop, services } = summary
  const number = (value: number) => numberText(value, language)
  const codes = Object.entries(requests.codes).map(([code, count]) => `${code} ${number(count)}`)
  const failed = `${number(requests.failed)}${codes.length > 0 ? ` (${codes.join(', ')})` : ''}`
  const rows = Object.entries(services).map(([name, one]) => rowOf(name, one, context))
  return [
    texts.outcomes[summary.outcome],
    '',
    ...tableLines([[...texts.columns], ...rows]),
    '',
    ...handLines(summary, context),
    ...rollbackLines(summary, context),
    texts.requests(number(requests.total), failed),
    `${texts.backups}: ${backupText(summary.backups, language)}`,
    `${texts.lag}: p50 ${number(eventLoop.p50Ms)} ms, p99 ${number(eventLoop.p99Ms)} ms, max ${number(eventLoop.maxMs)} ms`,
    '',
    ...moreLines(summary, texts),
  ].join('\n')
}

function moreLines({ store }: Summary, texts: Readonly<{ store: string; removed: string }>): readonly string[] {
  if (store === undefined) return [texts.removed]
  const verbs = ['status', 'log', 'report BackupService']
  return [texts.store, ...verbs.map((verb) => `  npm run gradvis -- ${verb} --store ${store}`)]
}

function rowOf(name: string, { status, sides, phases }: ServiceSummary, context: Context): readonly string[] {
  const { legacy, migrated } = sides
  const numbers = [legacy.operations, migrated.operations, migrated.faults, migrated.rescued]
  const written = numbers.map((value) => numberText(value, context.language))
  return [name, status, ...written, phases.map((phase) => phaseText(phase, context)).join(', ')]
}

function phaseText({ percentage, at, by }: EnteredPhase, { language, calendarOf }: Context): string {
  const day = new Date(calendarOf(at)).toISOString().slice(5, 16).replace('T', ' ')
  return `${percentText(percentage / 100, language)} ${day}${by === 'hand' ? ` ${TEXTS[language].hand}` : ''}`
}

function handLines({ services }: Summary, { language }: Context): readonly string[] {
  const lines = Object.entries(services).flatMap(([service, { phases }]) =>
    phases.filter(({ by }) => by === 'hand').map(({ phase, reason = '–' }) => `  ‼ ${service} → ${phase}: ${reason}`),
  )
  return lines.length === 0 ? [] : [TEXTS[language].byHand, ...lines, '']
}

function rollbackLines({ services }: Summary, { language }: Context): readonly string[] {
  const events = Object.values(services).flatMap(({ rolledBack }) => rolledBack ?? [])
  const lines = events.map((stored) => {
    const reason = stored.reason === undefined ? '' : ` (${stored.actor}: ${stored.reason})`
    return `  ✖ ${describeEvent(stored)[language]}${reason}`
  })
  return lines.length === 0 ? [] : [TEXTS[language].rolledBack, ...lines, '']
}

function backupText({ legacy, migrated, askedOf, restored, differed }: BackupCheck, language: Language): string {
  const n = (value: number) => numberText(value, language)
  const lost = legacy.made + migrated.made - legacy.intact - migrated.intact
  return language === 'sv'
    ? `legacy gjorde ${n(legacy.made)}, migrerad ${n(migrated.made)}; nu listade och hela: ${n(legacy.intact)} och ${n(migrated.intact)}, förlorade: ${n(lost)}. Svarade: legacy för ${n(askedOf.legacy)} användare, migrerad för ${n(askedOf.migrated)}. Raderade och återställda: ${n(restored)}, avvikande: ${n(differed)}`
    : `legacy made ${n(legacy.made)}, migrated ${n(migrated.made)}; now listed and intact: ${n(legacy.intact)} and ${n(migrated.intact)}, lost: ${n(lost)}. Answered: legacy for ${n(askedOf.legacy)} users, migrated for ${n(askedOf.migrated)}. Erased and restored: ${n(restored)}, different: ${n(differed)}`
}

/** Words to the left, the numbers in columns 2 to 5 to the right. */
function tableLines(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_name, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column >= 2 && column <= 5 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
  return [lines[0] ?? '', widths.map((width) => '─'.repeat(width)).join('  '), ...lines.slice(1)]
}
