export { bundleForBrowser } from './bundleForBrowser.ts'
export { launchChromium } from './launchChromium.ts'
