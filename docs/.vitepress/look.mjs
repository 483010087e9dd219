// Opens pages of the site in a headless Chromium, light and dark, wide and on a phone, searches, and fails at an error in the console,
// a picture that was not drawn, a page wider than the window, or a word that the search does not find. Screenshots are in target/site/seen.
// Run by npm run look, in target/site.
import { spawn } from 'node:child_process'
import { createReadStream, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join, resolve } from 'node:path'

const site = resolve('pages/.vitepress/dist')
const base = process.env.SITE_BASE ?? '/'
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.png': 'image/png', '.woff2': 'font/woff2' }

const server = createServer((request, response) => {
	const path = decodeURIComponent(new URL(request.url, 'http://site').pathname).slice(base.length)
	const file = [path, path + '.html', join(path, 'index.html')].map((name) => join(site, name))
		.find((name) => existsSync(name) && statSync(name).isFile())
	response.writeHead(file ? 200 : 404, { 'Content-Type': types[extname(file ?? '')] ?? 'text/plain; charset=utf-8' })
	file ? createReadStream(file).pipe(response) : response.end()
}).listen(0, '127.0.0.1')
await new Promise((listening) => server.once('listening', listening))

const profile = mkdtempSync(join(tmpdir(), 'chromium'))
const chromium = spawn(process.env.CHROMIUM ?? '/usr/bin/chromium', ['--headless=new', '--no-sandbox', '--disable-gpu',
	'--disable-dev-shm-usage', '--hide-scrollbars', '--no-first-run', '--remote-debugging-port=0', '--user-data-dir=' + profile,
	'about:blank'])
const listening = await new Promise((found) => {
	let said = ''
	chromium.stderr.on('data', (text) => {
		said += text
		const address = said.match(/DevTools listening on ws:\/\/([^/]+)/)
		address && found(address[1])
	})
})
const target = (await (await fetch(`http://${listening}/json/list`)).json()).find((one) => one.type === 'page')
const socket = new WebSocket(target.webSocketDebuggerUrl)
await new Promise((open) => socket.onopen = open)

const wrong = []
const asked = new Map()
let page = 'about:blank'
let last = 0
socket.onmessage = ({ data }) => {
	const { id, method, params, result } = JSON.parse(data)
	asked.get(id)?.(result)
	if (method === 'Runtime.exceptionThrown' || method === 'Log.entryAdded' && params.entry.level === 'error'
			|| method === 'Runtime.consoleAPICalled' && params.type === 'error') {
		wrong.push(`${page}: ${JSON.stringify(params)}`)
	}
}
const ask = (method, params = {}) => new Promise((answer) => {
	asked.set(++last, answer)
	socket.send(JSON.stringify({ id: last, method, params }))
})
const evaluate = async (expression) => (await ask('Runtime.evaluate', { expression, awaitPromise: true })).result?.value

const widest = `[...document.querySelectorAll('body *')].sort((a, b) => b.getBoundingClientRect().right - a.getBoundingClientRect().right)[0].outerHTML.slice(0, 200)`

async function until(expression, what) {
	for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((later) => setTimeout(later, 100))) {
		if (await evaluate(expression)) {
			return
		}
	}
	wrong.push(`${page}: ${what}; widest: ${await evaluate(widest)}`)
}

// Those with pictures, wide tables and long examples.
const names = ['index', 'overview', 'tutorial', 'failing-well', 'balancing', 'discovery', 'servers', 'observability', 'security',
	'configuration', 'comparison', 'decisions/index']

mkdirSync('seen', { recursive: true })
await Promise.all(['Page', 'Runtime', 'Log'].map((domain) => ask(domain + '.enable')))
for (const [width, dark] of [[1280, false], [1280, true], [400, false], [400, true]]) {
	await ask('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: width < 600 })
	await ask('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }] })
	for (const name of names) {
		page = `${name} ${width} ${dark ? 'dark' : 'light'}`
		await ask('Page.navigate', { url: `http://127.0.0.1:${server.address().port}${base}${name}.html` })
		await until('document.readyState === "complete" && !!document.querySelector("#app")?.__vue_app__', 'not there')
		await until('[...document.querySelectorAll(".mermaid")].every((one) => one.querySelector("svg"))', 'a picture is not drawn')
		await until('document.documentElement.scrollWidth <= innerWidth', 'wider than the window')
		await until(`document.documentElement.classList.contains("dark") === ${dark}`, 'not in the colours asked for')
		const { data } = await ask('Page.captureScreenshot')
		writeFileSync(`seen/${page.replace(/\W/g, '-')}.png`, Buffer.from(data, 'base64'))
	}
	page = `search ${width} ${dark ? 'dark' : 'light'}`
	await evaluate('document.querySelector("#local-search button").click()')
	await until('!!document.querySelector("#localsearch-input")', 'no field to search in')
	await ask('Input.insertText', { text: 'hedging' })
	await until('[...document.querySelectorAll(".VPLocalSearchBox .result")].some((one) => one.href.includes("failing-well"))',
		'hedging is not found')
	const { data } = await ask('Page.captureScreenshot')
	writeFileSync(`seen/${page.replace(/\W/g, '-')}.png`, Buffer.from(data, 'base64'))
}
socket.close()
chromium.kill()
await new Promise((ended) => chromium.once('exit', ended))
rmSync(profile, { recursive: true, force: true })
server.close()
console.log(wrong.length ? wrong.join('\n') : `${names.length} pages and a search, each in four ways, without an error in the console`)
process.exit(wrong.length ? 1 : 0)
