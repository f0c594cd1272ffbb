/** The instance of a window that adds up several instances. */
export const EVERYBODY = '*'
