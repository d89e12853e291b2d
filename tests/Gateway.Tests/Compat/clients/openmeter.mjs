// Sends the events of the last argument with OpenMeter's own client, and prints what it says.
import { OpenMeter } from '@openmeter/sdk'

const [baseUrl, apiKey, events] = process.argv.slice(2)
const client = new OpenMeter({ baseUrl, apiKey })
try {
  await client.events.ingest(JSON.parse(events))
  console.log(JSON.stringify({ ok: true }))
} catch (error) {
  console.log(JSON.stringify({ ok: false, name: error.name, status: error.status, title: error.title, message: error.message, errors: error.getField?.('errors') }))
}
