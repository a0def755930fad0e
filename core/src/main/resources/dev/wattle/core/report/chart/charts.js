/* SPDX-License-Identifier: Apache-2.0 */
'use strict';
// Numbers, tables and charts of the pages. Colours are the custom properties of the page: --card, --ink, --quiet, --rule, --line,
// --band, --warn and --series-0 to --series-7.
const wattleCharts = (() => {
  const POINTS_UP_TO = 30;
  const TABLE_ROWS = 100;
  const SERIES_COLOURS = 8;
  const DASHES = [[], [8, 4], [2, 3], [10, 4, 2, 4], [14, 5], [5, 2], [1, 4], [8, 2, 2, 2, 2, 2]];

  // ---- numbers: the rules of the summary. One unit and one number of decimals for all figures of a column.
  const UNITS = {
    seconds: [['s', 1, 0], ['min', 60, 600], ['h', 3600, 36000]],
    joules: [['mJ', 1e-3, 0], ['J', 1, 1], ['kJ', 1e3, 1e4], ['MJ', 1e6, 1e7], ['GJ', 1e9, 1e10]],
    wattHours: [['Wh', 1, 0], ['kWh', 1e3, 1e3], ['MWh', 1e6, 1e6]],
    grams: [['mg', 1e-3, 0], ['g', 1, 1], ['kg', 1e3, 1e3], ['t', 1e6, 1e6]],
    watts: [['W', 1, 0], ['kW', 1e3, 1e4], ['MW', 1e6, 1e7]],
    number: [['', 1, 0]],
  };
  const isNumber = v => typeof v === 'number' && isFinite(v);
  const magnitudeOf = v => v === 0 ? 0 : Math.floor(Math.log10(Math.abs(v)) + 1e-12);
  const superscript = n => String(n).replace(/-/g, '⁻').replace(/\d/g, d => '⁰¹²³⁴⁵⁶⁷⁸⁹'[d]);
  const power = v => {
    const m = magnitudeOf(v);
    return (v / 10 ** m).toFixed(2) + '×10' + superscript(m);
  };
  const significant = (v, count) => v === 0 ? '0' : v.toFixed(Math.max(0, count - 1 - magnitudeOf(v)));

  // The unit for figures of which this is the largest.
  // The figures of a page share the unit of its total, unless they are far too small for it.
  const scale = (kind, largest, total) => {
    const size = isNumber(largest) ? Math.abs(largest) : 0;
    const unitFor = v => UNITS[kind].reduce((chosen, u) => v >= u[2] ? u : chosen, UNITS[kind][0]);
    let unit = unitFor(size);
    if (isNumber(total)) {
      const common = unitFor(Math.abs(total));
      if (size >= common[1] / 100) unit = common;
    }
    const decimals = Math.max(0, Math.min(4, 3 - magnitudeOf(size / unit[1])));
    const text = v => {
      if (!isNumber(v)) return '-';
      const scaled = v / unit[1];
      if (scaled === 0) return '0';
      if (Math.abs(scaled) >= 1e7 || Math.abs(scaled) < 1e-6) return power(scaled);
      return Math.abs(scaled) < 10 ** (2 - decimals) ? significant(scaled, 3) : scaled.toFixed(decimals);
    };
    return { unit: unit[0], size: unit[1], text, head: name => unit[0] ? name + ', ' + unit[0] : name };
  };
  const largestOf = values => values.reduce((most, v) => isNumber(v) ? Math.max(most, Math.abs(v)) : most, 0);
  const quantity = (kind, v) => {
    if (!isNumber(v)) return '-';
    const s = scale(kind, v);
    return s.text(v) + (s.unit ? ' ' + s.unit : '');
  };

  // Figures without a unit: one power of ten for the column where all are small, powers for all where they differ widely.
  const plainScale = values => {
    const sizes = values.filter(v => isNumber(v) && v !== 0).map(Math.abs);
    const most = Math.max(0, ...sizes), least = Math.min(Infinity, ...sizes);
    if (most > 0 && most < 1e-3 || most >= 1e7) {
      const exponent = 3 * Math.floor(magnitudeOf(most) / 3);
      if (least >= most / 1e5) {
        const inner = scale('number', most / 10 ** exponent);
        return { head: name => name + ' ×10' + superscript(exponent), text: v => inner.text(v / 10 ** exponent) };
      }
    }
    if (sizes.length && least < 1e-5) {
      return { head: name => name, text: v => !isNumber(v) ? '-' : v === 0 ? '0' : power(v) };
    }
    const inner = scale('number', most);
    return { head: name => name, text: inner.text };
  };
  const plain = v => plainScale([v]).head('') ? power(v) : plainScale([v]).text(v);
  const tick = v => {
    if (v === 0) return '0';
    const m = magnitudeOf(v);
    if (m < -4 || m > 6) {
      const mantissa = Number((v / 10 ** m).toPrecision(3));
      return (mantissa === 1 ? '' : mantissa + '×') + '10' + superscript(m);
    }
    return String(Number(v.toPrecision(6)));
  };

  // ---- elements. Names come from outside: they only ever become text, never markup.
  const el = (tag, text, cls) => {
    const e = document.createElement(tag);
    if (text !== undefined) e.textContent = text;
    if (cls) e.className = cls;
    return e;
  };
  const put = (parent, ...children) => { parent.append(...children); return parent; };
  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  // A table that says so where it is wider than its card, and keeps its place when its cells change.
  const table = label => {
    const box = el('div', undefined, 'scroll-box');
    const scroller = el('div', undefined, 'scroll');
    scroller.setAttribute('role', 'group');
    scroller.setAttribute('aria-label', label);
    put(box, scroller, el('p', 'more to the right: scroll sideways →', 'scroll-hint'));
    const mark = () => {
      const wide = scroller.scrollWidth > scroller.clientWidth + 1;
      box.classList.toggle('wide', wide);
      box.classList.toggle('more', wide && scroller.scrollLeft + scroller.clientWidth < scroller.scrollWidth - 1);
      if (wide) scroller.tabIndex = 0; else scroller.removeAttribute('tabindex');
    };
    scroller.addEventListener('scroll', mark, { passive: true });
    new ResizeObserver(mark).observe(scroller);
    let known;
    const update = (heads, rows) => {
      const now = JSON.stringify([heads, rows.map(r => r.map(c => c instanceof Node ? c.outerHTML : c))]);
      if (now === known) return;
      known = now;
      const head = put(el('tr'), ...heads.map(h => { const th = el('th', h); th.scope = 'col'; return th; }));
      const body = rows.map(row => put(el('tr'), ...row.map((cell, i) => {
        const td = el(i ? 'td' : 'th', cell instanceof Node ? undefined : cell, i ? '' : 'row');
        if (!i) td.scope = 'row';
        if (cell instanceof Node) td.append(cell);
        return td;
      })));
      scroller.replaceChildren(put(el('table'), put(el('thead'), head), put(el('tbody'), ...body)));
      mark();
    };
    return { node: box, update };
  };

  const evenSample = (length, count) => {
    if (length <= count) return [...Array(length).keys()];
    return [...Array(count).keys()].map(i => Math.round(i * (length - 1) / (count - 1)));
  };

  // A chart with a cursor for mouse and keys, what it points at as text, and its values as a table. `spec` has:
  //   label, x: { time, head, text }, series: [{ name, colour, width, fill, dash, points, text }], range(u): [low, high] or undefined,
  //   log, marks: [{ x, text }], outside: false where no value lies outside the range, height.
  const chart = () => {
    const figure = el('figure');
    const view = el('div', undefined, 'chart');
    const readout = el('p', undefined, 'readout');
    const details = el('details', undefined, 'values');
    const values = table('values of the chart');
    view.tabIndex = 0;
    view.setAttribute('role', 'group');
    view.setAttribute('aria-roledescription', 'chart');
    readout.setAttribute('aria-live', 'polite');
    put(details, el('summary', 'Values as a table'), values.node);
    put(figure, view, readout, details);
    let plot, spec, data, shape, index = null;

    const hint = () => spec && spec.hint ? spec.hint : '';
    const say = i => {
      index = i;
      if (i === null || i === undefined || !data || i >= data[0].length) {
        index = null;
        readout.textContent = hint();
        return;
      }
      readout.textContent = spec.x.text(data[0][i], i) + ': ' + spec.series.map((s, n) =>
        (spec.series.length > 1 ? s.name + ' ' : '') + (data[n + 1][i] === null ? 'not known' : s.text(data[n + 1][i]))).join(', ');
    };
    const pointAt = i => {
      const last = data[0].length - 1;
      const at = Math.max(0, Math.min(last, i));
      plot.setCursor({ left: plot.valToPos(data[0][at], 'x'), top: plot.bbox.height / 2 / devicePixelRatio });
      say(at);
    };
    view.addEventListener('keydown', e => {
      if (!data || !data[0].length) return;
      const last = data[0].length - 1;
      const page = Math.max(1, Math.round(last / 20));
      const at = index === null ? last : index;
      const to = { ArrowLeft: at - (index === null ? 0 : 1), ArrowRight: at + 1, PageUp: at - page, PageDown: at + page, Home: 0, End: last }[e.key];
      if (e.key === 'Escape') { plot.setCursor({ left: -10, top: -10 }); say(null); }
      if (to === undefined) return;
      e.preventDefault();
      pointAt(to);
    });
    view.addEventListener('blur', () => { if (plot) plot.setCursor({ left: -10, top: -10 }); say(null); });

    const listValues = () => {
      if (!details.open || !data) return;
      values.update([spec.x.head, ...spec.series.map(s => s.name)], evenSample(data[0].length, TABLE_ROWS).map(i =>
        [spec.x.text(data[0][i], i), ...spec.series.map((s, n) => data[n + 1][i] === null ? '-' : s.text(data[n + 1][i]))]));
    };
    details.addEventListener('toggle', listValues);

    const draw = u => {
      const ratio = devicePixelRatio;
      const { ctx } = u;
      const { left, top, width, height } = u.bbox;
      ctx.save();
      ctx.font = 12 * ratio + 'px system-ui, sans-serif';
      for (const mark of spec.marks || []) {
        const x = Math.round(u.valToPos(mark.x, 'x', true));
        if (!(x >= left && x <= left + width)) continue;
        ctx.strokeStyle = ctx.fillStyle = css('--warn');
        ctx.lineWidth = ratio;
        ctx.setLineDash([4 * ratio, 3 * ratio]);
        ctx.beginPath();
        ctx.moveTo(x, top);
        ctx.lineTo(x, top + height);
        ctx.stroke();
        ctx.setLineDash([]);
        const half = x > left + width / 2;
        ctx.textAlign = half ? 'right' : 'left';
        ctx.fillText(mark.text, x + (half ? -6 : 6) * ratio, mark.low ? top + height - 8 * ratio : top + 14 * ratio);
      }
      const { min, max } = u.scales.y;
      for (let n = 1; n < data.length && spec.outside !== false; n++) {
        data[n].forEach((y, i) => {
          if (y === null || y >= min && y <= max) return;
          const x = u.valToPos(data[0][i], 'x', true);
          const up = y > max;
          const edge = up ? top : top + height;
          const d = 5 * ratio * (up ? 1 : -1);
          ctx.fillStyle = css('--warn');
          ctx.beginPath();
          ctx.moveTo(x, edge);
          ctx.lineTo(x - 5 * ratio, edge + d * 1.6);
          ctx.lineTo(x + 5 * ratio, edge + d * 1.6);
          ctx.fill();
        });
      }
      ctx.restore();
    };

    // Of a logarithmic axis: the decades, and where they are few 2 and 5 between them.
    const isLabelled = (u, v) => {
      const mantissa = Math.round(v / 10 ** magnitudeOf(v));
      const decades = Math.log10(u.scales.y.max / u.scales.y.min);
      return mantissa === 1 || decades < 3 && (mantissa === 2 || mantissa === 5);
    };
    // A value between two gaps has no line.
    const alone = column => column.reduce((list, v, i) => {
      if (v !== null && (i === 0 || column[i - 1] === null) && (i === column.length - 1 || column[i + 1] === null)) list.push(i);
      return list;
    }, []);
    const colourOf = s => css(s.colour);
    const options = (width, height) => ({
      width,
      height,
      legend: { show: false },
      // Half of the last label of the x axis.
      padding: [8, spec.x.time ? 28 : 24, 0, 0],
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
      scales: {
        x: { time: !!spec.x.time, range: (u, min, max) => min === max ? [min - 0.5, max + 0.5] : [min, max] },
        y: { distr: spec.log ? 3 : 1, range: (u, min, max) => spec.range(min, max) },
      },
      axes: [
        { stroke: () => css('--quiet'), grid: { show: false }, ticks: { stroke: () => css('--rule'), size: 5 }, size: 32, gap: 4,
          font: '12px system-ui, sans-serif', space: spec.x.time ? 80 : 70,
          values: spec.x.time ? (u, splits, axis, space, step) => splits.map(s => clock(s, step)) : (u, splits) => splits.map((v, i) => (spec.x.tick || tick)(v, i === splits.length - 1)) },
        { stroke: () => css('--quiet'), grid: { stroke: () => css('--rule'), width: 1 }, ticks: { show: false }, gap: 6,
          font: '12px system-ui, sans-serif', space: 34,
          size: (u, labels) => 14 + 7 * Math.max(3, ...(labels || []).map(t => t === null ? 0 : t.length)),
          values: (u, splits) => splits.map(v => v === null || spec.log && !isLabelled(u, v) ? null : (spec.tick || tick)(v)) },
      ],
      series: [{}, ...spec.series.map((s, n) => ({
        label: s.name, stroke: () => colourOf(s), width: s.width || 1.5, dash: s.dash || [], spanGaps: false,
        fill: s.fill ? () => css(s.fill) : undefined,
        points: { show: (u, n) => s.points !== false && data[0].length <= POINTS_UP_TO, filter: (u, n, show) => show ? null : alone(data[n]),
          size: 5, stroke: () => colourOf(s), fill: () => css('--card') },
      }))],
      hooks: { draw: [draw], setCursor: [u => say(u.cursor.idx)] },
    });

    const height = () => spec.height || 240;
    const update = (nextSpec, nextData) => {
      spec = nextSpec;
      data = nextData;
      view.setAttribute('aria-label', spec.label);
      const now = JSON.stringify([spec.series.map(s => [s.name, s.colour, s.width, s.fill, s.dash]), !!spec.log, !!spec.x.time]);
      const width = view.clientWidth;
      if (plot && now !== shape) { plot.destroy(); plot = undefined; }
      if (!plot && width > 0) {
        shape = now;
        plot = new uPlot(options(width, height()), data, view);
        for (const canvas of view.querySelectorAll('canvas')) canvas.setAttribute('aria-hidden', 'true');
      } else if (plot) {
        plot.setData(data);
      }
      if (index === null) readout.textContent = hint();
      listValues();
    };
    new ResizeObserver(() => {
      const width = view.clientWidth;
      if (plot && width > 0 && Math.abs(width - plot.width) >= 1) plot.setSize({ width, height: height() });
      else if (!plot && spec && width > 0) update(spec, data);
    }).observe(view);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { if (plot) plot.redraw(); });
    const handle = { node: figure, update, plot: () => plot, data: () => data };
    view.chart = handle;
    return handle;
  };

  const two = n => String(n).padStart(2, '0');
  const clock = (unixSeconds, step) => {
    const d = new Date(unixSeconds * 1000);
    const day = d.getHours() === 0 && d.getMinutes() === 0 && step >= 3600;
    if (day) return d.toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
    return two(d.getHours()) + ':' + two(d.getMinutes()) + (step < 60 ? ':' + two(d.getSeconds()) : '');
  };

  // Where the scale of a learning curve helps to be logarithmic: all positive, less is better, over more than a decade.
  const wantsLog = (values, low, high, higherIsBetter) =>
    !higherIsBetter && values.every(v => v > 0) && low > 0 && high / low > 20;

  return { isNumber, scale, plainScale, quantity, plain, tick, largestOf, el, put, css, table, chart, clock, wantsLog, evenSample,
    DASHES, SERIES_COLOURS };
})();
