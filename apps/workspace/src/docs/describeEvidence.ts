import type { CriterionEvidence } from '@gradvis/feature-flags'

type EvidenceOf<Kind extends CriterionEvidence['kind']> = Extract<CriterionEvidence, { kind: Kind }>

/** How a criterion is judged, in Swedish. */
export function describeEvidence(evidence: CriterionEvidence): string {
  const describe = SENTENCES[evidence.kind] as (evidence: CriterionEvidence) => string
  return describe(evidence)
}

const SENTENCES = {
  'error-rate': ({ belowPercent, operations }) =>
    `mäts; med 95 % säkerhet under ${number(belowPercent)} %${of(operations)}`,
  'latency-ratio': ({ atMost, minimumDifferenceMs, operations }) =>
    `mäts; genomsnittlig responstid med 95 % säkerhet högst ${number(atMost)} gånger den hos legacy${of(operations)}${
      minimumDifferenceMs > 0 ? `, skillnader under ${number(minimumDifferenceMs)} ms räknas inte` : ''
    }`,
  'cache-hits': ({ atLeastPercent, operations }) =>
    `mäts; minst ${number(atLeastPercent)} % av svaren ur cachen${of(operations)}`,
  'no-incident': ({ incident }) =>
    `mäts; ingen incident av slaget ${{ security: 'säkerhet', gdpr: 'GDPR' }[incident]} i fasen`,
  'no-memory-growth': () => 'mäts; det som tjänsten håller i minnet planar ut',
  probe: () => 'självtest som tjänsten kör i drift',
  'sign-off': () => 'godkänns av en operatör, med motivering',
} satisfies { readonly [Kind in CriterionEvidence['kind']]: (evidence: EvidenceOf<Kind>) => string }

function of(operations: readonly string[] | undefined): string {
  return operations ? ` för ${operations.join(', ')}` : ''
}

function number(value: number): string {
  return String(value).replace('.', ',')
}
