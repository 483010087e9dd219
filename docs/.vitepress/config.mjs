// The site of the documentation: mvn -N -Psite package. The menu is what docs/README.md says.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { defineConfig } from 'vitepress'

const pages = join(dirname(fileURLToPath(import.meta.url)), '..')

const base = process.env.SITE_BASE ?? '/'

const about = 'An RPC client stack for Spring Boot 4: annotated interfaces over ThriftMux, Thrift, HTTP, Kafka and Redis.'

function read(name) {
	return readFileSync(join(pages, name), 'utf8')
}

function title(name) {
	return read(name).match(/^# (.+)$/m)[1].replaceAll('`', '')
}

/** Headings of the overview, with the pages that its lists have. */
function chapters() {
	return read('overview.md').split(/^## /m).slice(1).map((chapter) => ({
		text: chapter.split('\n', 1)[0],
		items: chapter.split('\n')
			.filter((line) => line.startsWith('- '))
			.flatMap((line) => [...line.matchAll(/\[[^\]]+]\(\.\/([^)#]+\.md)\)/g)])
			.map((link) => ({ text: title(link[1]), link: '/' + link[1].replace(/(index)?\.md$/, '') })),
	})).filter((chapter) => chapter.items.length)
}

export default defineConfig({
	base,
	title: 'Scales for Java',
	description: about,
	lang: 'en',
	srcExclude: ['public/**'],
	// A page of links to a demo that runs on the reader's machine.
	ignoreDeadLinks: 'localhostLinks',
	head: [['link', { rel: 'icon', href: 'data:,' }]],
	markdown: {
		languageAlias: { gradle: 'groovy', thrift: 'proto' },
		// As GitHub makes them, so that a link leads to the same place here and there.
		anchor: {
			slugify: (heading) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').trim().replaceAll(' ', '-'),
		},
		config(markdown) {
			const fence = markdown.renderer.rules.fence
			markdown.renderer.rules.fence = (tokens, i, ...others) => tokens[i].info.trim() === 'mermaid'
				? `<Mermaid code="${encodeURIComponent(tokens[i].content)}" />`
				: fence(tokens, i, ...others)
			// Indented ones are commands.
			markdown.renderer.rules.code_block = (tokens, i, ...others) => {
				tokens[i].info = 'sh'
				return fence(tokens, i, ...others)
			}
		},
	},
	// Mermaid is large, and fetched only by pages that have a picture of it.
	vite: { build: { chunkSizeWarningLimit: 3000 } },
	themeConfig: {
		search: { provider: 'local' },
		outline: [2, 3],
		nav: [
			{ text: 'Tutorial', link: '/tutorial' },
			{ text: 'All pages', link: '/overview' },
			{ text: 'Changelog', link: '/CHANGELOG' },
		],
		sidebar: chapters(),
		footer: { message: 'Apache License 2.0' },
	},
	/** For readers that are programs: the index, every page as Markdown, and all of it in one file. */
	buildEnd(site) {
		const sources = readdirSync(pages, { recursive: true })
			.filter((name) => name.endsWith('.md') && !/^(public|\.vitepress)/.test(name))
			.sort()
		for (const name of sources) {
			writeFileSync(join(site.outDir, name), read(name))
		}
		const index = read('overview.md').replace(/^# .+$/m, `# Scales for Java\n\n> ${about}`)
			.replaceAll('](./', `](${base}`)
		writeFileSync(join(site.outDir, 'llms.txt'), index)
		writeFileSync(join(site.outDir, 'llms-full.txt'),
			sources.map((name) => `<!-- ${name} -->\n\n${read(name)}`).join('\n\n'))
	},
})
