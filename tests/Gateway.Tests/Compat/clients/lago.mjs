// Calls a method of Lago's own client with the body of the last argument, and prints what it says.
import { Client, getLagoError } from 'lago-javascript-client'

const [baseUrl, apiKey, method, body] = process.argv.slice(2)
const client = Client(apiKey, { baseUrl })
try {
  const { data } = await client.events[method](JSON.parse(body))
  console.log(JSON.stringify({ ok: true, data }))
} catch (error) {
  console.log(JSON.stringify({ ok: false, status: error.status, error: await getLagoError(error) }))
}
