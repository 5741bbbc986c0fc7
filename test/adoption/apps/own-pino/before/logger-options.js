export const options = {
  level: 'debug',
  name: 'chandlery',
  redact: ['card', 'buyer.email'],
  customLevels: { audit: 35 },
  formatters: {
    level: (label, number) => ({ level: number, severity: label }),
    bindings: ({ name }) => ({ name, region: 'eu' }),
  },
  serializers: { rope: (rope) => `${rope.metres} m` },
  mixin: () => ({ tenant: 'blue' }),
}
