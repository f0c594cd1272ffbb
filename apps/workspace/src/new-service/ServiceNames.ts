/** One service's name in every spelling that the template needs. */
export type ServiceNames = Readonly<Record<'kebab' | 'camel' | 'Pascal' | 'snake' | 'CONSTANT', string>>

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

/** Undefined when the text is no kebab-case name such as `calendar` or `vote-count`. A final `-service` is dropped. */
export function parseServiceName(text: string): ServiceNames | undefined {
  const kebab = text.replace(/-service$/, '')
  if (!NAME.test(kebab) || kebab.length > 40) return undefined
  const words = kebab.split('-')
  const Pascal = words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('')
  return {
    kebab,
    Pascal,
    camel: `${Pascal[0]?.toLowerCase()}${Pascal.slice(1)}`,
    snake: words.join('_'),
    CONSTANT: words.join('_').toUpperCase(),
  }
}

/** Replaces `__kebab__` and its like in a template's text or path. */
export function fillNames(template: string, names: ServiceNames): string {
  return template.replace(
    /__(kebab|camel|Pascal|snake|CONSTANT)__/g,
    (_match, spelling: keyof ServiceNames) => names[spelling],
  )
}
