import { interpolate, LANGUAGES, type MessageCatalog } from '@gradvis/kernel'

const SWEDISH = /[åäö]|\b(och|att|är|inte|det|den|en|ett|av|för|med|som|om|till|på)\b/i
const ENGLISH = /\b(the|a|an|is|are|and|to|of|not|with|it|there|this|that)\b/i

/** What is wrong with the texts, each fault with the text's key. Empty: nothing. */
export function textFaults(catalog: MessageCatalog): readonly string[] {
  return Object.entries(catalog).flatMap(([key, text]) => {
    const { sv, en } = text
    const names = LANGUAGES.map((language) => [...placeholdersOf(text[language])].sort().join())
    const params = Object.fromEntries([...placeholdersOf(sv), ...placeholdersOf(en)].map((name) => [name, 7]))
    const filled = LANGUAGES.map((language) => interpolate(text, params, language))
    const faults = [
      sv.trim() === '' && 'no Swedish',
      en.trim() === '' && 'no English',
      sv === en && 'Swedish equals English',
      !SWEDISH.test(sv) && 'not in Swedish',
      (!ENGLISH.test(en) || /[åäö]/i.test(en)) && 'not in English',
      names[0] !== names[1] && 'different placeholders',
      filled.some((one) => /[{}]/.test(one)) && 'a placeholder that is never filled',
    ]
    return faults.filter((fault) => fault !== false).map((fault) => `${key}: ${fault}`)
  })
}

function placeholdersOf(template: string): ReadonlySet<string> {
  return new Set([...template.matchAll(/\{\{(\w+)(?:,[^{}]*)?\}\}/g)].map((match) => match[1] ?? ''))
}
