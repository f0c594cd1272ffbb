const MAX_COMPONENT_BYTES = 255

/**
 * Whether a path of an archive may be written below a folder: relative, `/` between components, none of them empty,
 * `.`, `..` or too long, no backslash, NUL or drive letter. `..foo` and `a..b` are ordinary names.
 */
export function isSafeEntryPath(path: string): boolean {
  return !/[\\\0]|^[a-z]:/i.test(path) && path.isWellFormed() && path.split('/').every(isSafeComponent)
}

function isSafeComponent(component: string): boolean {
  if (component === '' || component === '.' || component === '..') return false
  return Buffer.byteLength(component) <= MAX_COMPONENT_BYTES
}
