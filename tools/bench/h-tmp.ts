import { runCases } from './engine/runs.ts'
console.log(JSON.stringify(await runCases()))
