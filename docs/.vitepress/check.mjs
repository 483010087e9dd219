// Every link of the site leads to a page or file of it, and to a heading that is there.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const site = resolve('pages/.vitepress/dist')
const base = process.env.SITE_BASE ?? '/'
const names = readdirSync(site, { recursive: true }).filter((name) => name.endsWith('.html'))
const pages = new Map(names.map((name) => [join(site, name), readFileSync(join(site, name), 'utf8')]))
const anchors = new Map([...pages].map(([name, text]) => [name,
	new Set([...text.matchAll(/\sid="([^"]+)"/g)].map((id) => id[1]))]))

function fileOf(path) {
	const file = join(site, path)
	return [file, file + '.html', join(file, 'index.html')].find((one) => existsSync(one) && statSync(one).isFile())
}

let links = 0
const broken = []
for (const [name, text] of pages) {
	for (const [, link] of text.matchAll(/\s(?:href|src)="([^"]+)"/g)) {
		const url = new URL(link.replaceAll('&amp;', '&'), 'http://site' + base + name.slice(site.length + 1))
		if (url.host !== 'site') {
			continue
		}
		links++
		const file = url.pathname.startsWith(base) && fileOf(decodeURIComponent(url.pathname.slice(base.length)))
		if (!file || (url.hash && !anchors.get(file)?.has(decodeURIComponent(url.hash.slice(1))))) {
			broken.push(`${name.slice(site.length + 1)}: ${link}`)
		}
	}
}
if (broken.length || links < 1000) {
	console.error(`${links} links, of which these lead nowhere:\n${[...new Set(broken)].join('\n')}`)
	process.exit(1)
}
console.log(`${pages.size} pages, ${links} links, all of which lead somewhere`)
