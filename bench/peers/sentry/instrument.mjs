// As Sentry's documentation has it for ES modules: node --import ./instrument.mjs
import * as Sentry from '@sentry/node'

Sentry.init({ dsn: process.env.SENTRY_DSN, tracesSampleRate: 1.0 })
