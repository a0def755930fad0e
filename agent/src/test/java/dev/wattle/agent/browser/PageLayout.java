/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.browser;

import com.google.gson.JsonElement;
import java.util.List;

/** Measures the boxes of a page: what a reader would not see, or see outside the box that it belongs to. */
public final class PageLayout {

    private static final String FAULTS = """
            (() => {
              const faults = [];
              const slack = 1.5;
              const name = e => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '')
                + (e.getAttribute('class') ? '.' + e.getAttribute('class').trim().replace(/\\s+/g, '.') : '');
              const add = (what, e, text) =>
                faults.push(what + ': ' + name(e) + (text ? ' "' + text.trim().slice(0, 60) + '"' : ''));
              const scrolls = s => s.overflowX === 'auto' || s.overflowX === 'scroll';
              const isBox = (e, s) => parseFloat(s.borderLeftWidth) + parseFloat(s.borderRightWidth) > 0
                || ['SECTION', 'FIGURE', 'TD', 'TH', 'BUTTON'].includes(e.tagName);
              if (document.documentElement.scrollWidth > innerWidth + slack)
                faults.push('the page is ' + document.documentElement.scrollWidth + ' px wide in a tab of ' + innerWidth);
              const check = (rect, from, text) => {
                if (rect.width === 0 || rect.height === 0) return;
                for (let e = from; e && e !== document.body; e = e.parentElement) {
                  const s = getComputedStyle(e);
                  const box = e.getBoundingClientRect();
                  if (scrolls(s) || (s.position === 'absolute' && s.clipPath !== 'none')) return;
                  const out = rect.left < box.left - slack || rect.right > box.right + slack
                    || rect.top < box.top - slack || rect.bottom > box.bottom + slack;
                  const clips = s.overflowX === 'hidden' || s.overflowX === 'clip';
                  if (out && clips && s.textOverflow !== 'ellipsis') return add('cut off by ' + name(e), from, text);
                  if (out && isBox(e, s)) return add('outside ' + name(e), from, text);
                }
              };
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              for (let t = walker.nextNode(); t; t = walker.nextNode()) {
                const parent = t.parentElement;
                if (!t.data.trim() || !parent || !parent.checkVisibility({ checkVisibilityCSS: true })) continue;
                if (['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(parent.tagName)) continue;
                const range = document.createRange();
                range.selectNodeContents(t);
                for (const rect of range.getClientRects()) check(rect, parent, t.data);
              }
              for (const e of document.querySelectorAll('canvas, svg, img'))
                if (e.checkVisibility({ checkVisibilityCSS: true })) check(e.getBoundingClientRect(), e.parentElement, '');
              for (const e of document.querySelectorAll('*')) {
                const s = getComputedStyle(e);
                if (!scrolls(s) || !e.checkVisibility() || e.scrollWidth <= e.clientWidth + slack) continue;
                const hint = e.parentElement.querySelector('.scroll-hint');
                if (!hint || !hint.checkVisibility({ checkVisibilityCSS: true })) add('scrolls without a sign', e, '');
                if (e.tabIndex < 0) add('cannot be scrolled by keyboard', e, '');
              }
              return faults;
            })()""";

    private PageLayout() {}

    /**
     * What is wrong with the page at its present size, a line each: the page wider than the tab, text or pictures outside a
     * bordered box, cut off, or in a part that scrolls sideways without a visible {@code .scroll-hint} beside it.
     */
    public static List<String> faults(Browser browser) {
        return browser.evaluate(FAULTS).getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .distinct()
                .toList();
    }
}
