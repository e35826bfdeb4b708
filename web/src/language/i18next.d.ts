import 'i18next'
import type { en } from '../texts/en.ts'

// Makes keys and interpolations typed: an unknown key, or one without what it interpolates, does not compile.
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell'
    resources: typeof en
  }
}
