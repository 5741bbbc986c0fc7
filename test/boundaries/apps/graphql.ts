// GraphQL on Express. What a resolver throws is answered by GraphQL, so that no error handler of Express is told.
import { setImmediate as turn } from 'node:timers/promises'
import express from 'express'
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql'
import { createHandler } from 'graphql-http/lib/use/express'
import { throughline } from '../../../src/index.ts'

const { logger, requests, errors, recordFailure, closeInOrder } = throughline()
const app = express().use(requests)

const query = new GraphQLObjectType({
  name: 'Query',
  fields: {
    tea: {
      type: GraphQLString,
      async resolve() {
        await turn()
        logger.info('tea made')
        return 'green'
      },
    },
    coffee: {
      type: GraphQLString,
      async resolve() {
        throw new Error('no beans')
      },
    },
  },
})

const graphql = createHandler({
  schema: new GraphQLSchema({ query }),
  onOperation(req, _args, { errors = [] }) {
    for (const error of errors) recordFailure(error.originalError ?? error, req.raw)
  },
})
app.all('/graphql', graphql)

app.use(errors)
closeInOrder(app.listen(Number(process.env.PORT), '127.0.0.1'))
