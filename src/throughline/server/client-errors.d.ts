import { type Server } from 'node:http'
import type { Logger } from '../log/lines.ts'
/**
 * Answers what is not HTTP, or comes too slowly, in the shape of every other refusal: left alone, Node answers
 * without an id and without a line. What never reached the app gets an id of its own.
 */
export declare function answerClientErrors(server: Server, logger: Logger): void
