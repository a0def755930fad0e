'use strict';
(() => {
  const SVG = 'http://www.w3.org/2000/svg';
  const PERIOD = 2000;
  const ROWS = 12;
  const MARKS_UP_TO = 60;
  const main = document.getElementById('main');
  const state = document.getElementById('state');

  // Names come from outside: they only ever become text, never markup.
  const el = (tag, text, cls) => {
    const e = document.createElement(tag);
    if (text !== undefined) e.textContent = text;
    if (cls) e.className = cls;
    return e;
  };
  const svg = (tag, attributes, text) => {
    const e = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
    if (text !== undefined) e.textContent = text;
    return e;
  };
  const put = (parent, ...children) => { parent.append(...children); return parent; };

  const digits = value => {
    if (typeof value !== 'number' || !isFinite(value)) return '-';
    if (value === 0) return '0';
    const magnitude = Math.floor(Math.log10(Math.abs(value)));
    return magnitude < -6 || magnitude > 9 ? value.toExponential(2) : value.toFixed(Math.max(0, 3 - magnitude));
  };
  const scaled = (value, units) => {
    if (typeof value !== 'number' || !isFinite(value)) return '-';
    let chosen = units[0];
    for (const unit of units) if (Math.abs(value) >= unit[1]) chosen = unit;
    return digits(value / chosen[1]) + ' ' + chosen[0];
  };
  const joules = micro => scaled(micro / 1e6, [['mJ', 1e-3], ['J', 1], ['kJ', 1e3], ['MJ', 1e6], ['GJ', 1e9]]);
  const kwh = value => digits(value) + ' kWh';
  const grams = value => scaled(value, [['mg', 1e-3], ['g', 1], ['kg', 1e3], ['t', 1e6]]);
  const watts = micro => micro === undefined ? '-' : scaled(micro / 1e6, [['W', 1], ['kW', 1e3], ['MW', 1e6]]);
  const time = seconds => {
    if (typeof seconds !== 'number' || !isFinite(seconds)) return '-';
    if (seconds < 60) return seconds.toFixed(1) + ' s';
    const s = Math.round(seconds);
    const h = Math.floor(s / 3600);
    const m = Math.floor(s % 3600 / 60);
    return h ? h + ' h ' + m + ' min' : m + ' min ' + s % 60 + ' s';
  };
  const percent = part => isFinite(part) ? (100 * part).toFixed(1) + ' %' : '-';
  const sum = energies => Object.values(energies || {}).reduce((a, b) => a + b, 0);

  const table = (heads, rows) => {
    const head = put(el('tr'), ...heads.map(h => el('th', h)));
    const body = rows.map(row => put(el('tr'), ...row.map(cell => {
      if (cell instanceof Node) return put(el('td'), cell);
      return el('td', cell);
    })));
    return put(el('div', undefined, 'scroll'), put(el('table'), put(el('thead'), head), put(el('tbody'), ...body)));
  };
  const tile = (value, label) => put(el('div', undefined, 'tile'), el('b', value), el('span', label));
  const bar = parts => put(el('div', undefined, 'bar'), ...parts.map(([share, cls]) => {
    const i = el('i', undefined, cls);
    i.style.width = Math.max(0, Math.min(1, share)) * 100 + '%';
    return i;
  }));

  const tiles = run => {
    const total = sum(run.microjoules);
    const qualities = Object.keys(run.microjoules_by_quality || {}).join(' + ') || 'no device could be read';
    const where = run.world_average ? 'WORLD AVERAGE, no zone is set' : run.carbon.zone + (run.carbon.year ? ' ' + run.carbon.year : '');
    return put(el('section', undefined, 'tiles'),
      tile(joules(total), 'energy, ' + qualities),
      tile(kwh(run.kwh), 'the same, ' + qualities),
      tile(grams(run.co2e_grams), 'CO2e at ' + digits(run.carbon.grams_per_kwh) + ' g/kWh, ' + where),
      tile(time(run.elapsed_seconds), 'since the JVM started'));
  };

  const budget = b => {
    const cls = b.used_ratio >= 1 ? 'over' : b.used_ratio >= 0.8 ? 'warn' : '';
    return put(el('section'), el('h2', 'Budget: ' + percent(b.used_ratio) + ' of ' + b.budget), bar([[b.used_ratio, cls]]),
      el('p', b.text, 'quiet'));
  };

  // One unit a pixel, so that letters keep their size on a narrow screen.
  const width = () => Math.max(280, Math.min(960, main.clientWidth - 34));

  const chart = (curve, quality) => {
    const W = width(), H = 260, L = 56, R = 12, T = 12, B = 34;
    const points = curve.points.map(p => ({ epoch: p[0], x: p[1] / 3.6e12, y: p[2] }));
    const maxX = Math.max(...points.map(p => p.x)) || 1;
    let low = curve.scale.low, high = curve.scale.high;
    const outside = points.filter(p => p.y < low || p.y > high);
    if (low === high) { low -= 0.5; high += 0.5; }
    const x = v => L + (W - L - R) * v / maxX;
    const y = v => H - B - (H - T - B) * (Math.max(low, Math.min(high, v)) - low) / (high - low);
    const s = svg('svg', { viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': curve.merit + ' over energy' });
    for (let i = 0; i <= 4; i++) {
      const v = low + (high - low) * i / 4;
      s.append(svg('path', { class: 'axis', d: `M${L} ${y(v)}H${W - R}` }),
        svg('text', { x: L - 6, y: y(v) + 4, 'text-anchor': 'end' }, digits(v)));
    }
    const steps = W < 500 ? 2 : 3;
    for (let i = 0; i <= steps; i++) {
      s.append(svg('text', { x: x(maxX * i / steps), y: H - B + 18, 'text-anchor': i === 0 ? 'start' : i === steps ? 'end' : 'middle' },
        i === 0 ? '0' : i === steps ? kwh(maxX) : digits(maxX * i / steps)));
    }
    const corner = points.find(p => p.epoch === curve.corner_epoch);
    if (corner) {
      const left = x(corner.x) > W / 2;
      // Where the curve is not: it has come down there, or gone up.
      const low = y(corner.y) > H / 2;
      s.append(svg('path', { class: 'corner', d: `M${x(corner.x)} ${T}V${H - B}` }),
        svg('text', { x: x(corner.x) + (left ? -6 : 6), y: low ? T + 12 : H - B - 8, 'text-anchor': left ? 'end' : 'start' },
          'after epoch ' + corner.epoch));
    }
    s.append(svg('path', { class: 'curve', d: points.map((p, i) => (i ? 'L' : 'M') + x(p.x).toFixed(1) + ' ' + y(p.y).toFixed(1)).join('') }));
    if (points.length <= MARKS_UP_TO) {
      for (const p of points) {
        s.append(put(svg('circle', { class: 'point', cx: x(p.x), cy: y(p.y), r: 3.5 }),
          svg('title', {}, `epoch ${p.epoch}: ${digits(p.y)} at ${kwh(p.x)}`)));
      }
    }
    for (const p of points.length > MARKS_UP_TO ? outside : []) {
      s.append(put(svg('circle', { class: 'point', cx: x(p.x), cy: y(p.y), r: 3.5 }), svg('title', {}, `epoch ${p.epoch}: ${digits(p.y)}`)));
    }
    return put(el('figure'), s, el('figcaption', curve.merit + ' after each epoch, over the energy of the training (' + quality + ')'
      + (outside.length ? `; ${outside.length} outside the scale, first ${digits(outside[0].y)}` : '')
      + (curve.text ? ': ' + curve.text : '')));
  };

  const projection = (p, used) => {
    const W = width(), H = 34;
    const low = p.kwh.low === undefined ? p.kwh.expected : p.kwh.low;
    const high = p.kwh.high === undefined ? p.kwh.expected : p.kwh.high;
    const maxX = Math.max(high, used) * 1.05 || 1;
    const x = v => W * v / maxX;
    const s = svg('svg', { viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': 'used and projected energy' });
    s.append(svg('rect', { class: 'band', x: x(low), y: 4, width: Math.max(1, x(high) - x(low)), height: 18 }),
      svg('path', { class: 'axis', d: `M0 13H${W}` }),
      svg('path', { class: 'mark', d: `M0 13H${x(used)}` }),
      svg('path', { class: 'mark', d: `M${x(p.kwh.expected)} 4V22` }));
    return put(el('div'), el('p', `Projected: ${p.text}. Local time: ${new Date(p.end).toLocaleString()}`), s);
  };

  const checks = list => list.filter(c => c.text).map(c => el('p', 'Projected ' + c.text, 'quiet'));

  const epochs = (t, marks) => {
    const rows = t.epoch_rows.slice(-ROWS).reverse();
    const merit = t.curve && t.curve.merit !== 'loss' ? t.curve.merit : undefined;
    const heads = ['epoch', 'time', 'energy', 'kWh', 'CO2e', 'samples/s', 'J/sample', 'loss'];
    if (merit) heads.push(merit);
    const cells = rows.map(e => {
      const total = sum(e.microjoules);
      const known = e.samples > 0;
      const row = [
        (e.first === e.last ? '' : e.first + '-') + e.last + marks.filter(m => e[m.field]).map(m => ' ' + m.sign).join(''),
        time(e.seconds), joules(total), digits(e.kwh), grams(e.co2e_grams),
        known ? digits(e.samples / e.seconds) : '-', known ? digits(total / 1e6 / e.samples) : '-', digits(e.loss)];
      if (merit) row.push(digits(e.metrics[merit]));
      return row;
    });
    const notes = [];
    if (t.epochs > rows.length) notes.push('the latest of ' + t.epochs + ' epochs');
    for (const m of marks) if (rows.some(e => e[m.field])) notes.push(m.sign + ' ' + m.meaning);
    return put(el('div'), table(heads, cells), el('p', notes.join('; '), 'quiet'));
  };

  const training = (t, marks) => {
    const planned = t.planned_epochs;
    const rows = t.epoch_rows;
    const quality = t.quality;
    const used = sum(t.microjoules_by_phase);
    const section = put(el('section'),
      el('h2', `Training ${t.training}` + (t.working ? '' : ' (not active)')), el('p', t.text, 'quiet'));
    if (planned) section.append(bar([[t.epochs / planned, '']]));
    if (t.projection) section.append(projection(t.projection, (used + (t.inside_microjoules || 0)) / 3.6e12));
    section.append(...checks(t.projections || []));
    if (t.curve) section.append(chart(t.curve, quality));
    if (rows.length) section.append(epochs(t, marks));
    return section;
  };

  const phases = run => {
    const total = run.phases.reduce((a, p) => a + sum(p.microjoules), 0);
    const name = p => p.framework === 'none' ? p.phase : p.framework + ' ' + p.phase;
    const cls = p => p.phase === 'train' ? '' : p.phase;
    return put(el('section'), el('h2', 'Phases'),
      bar(run.phases.map(p => [sum(p.microjoules) / total, cls(p)])),
      table(['phase', 'energy', 'share'], run.phases.map(p => [
        put(el('span'), el('i', undefined, 'key ' + cls(p)), document.createTextNode(name(p))),
        joules(sum(p.microjoules)), percent(sum(p.microjoules) / total)])));
  };

  const devices = run => put(el('section'), el('h2', 'Devices'),
    table(['device', 'energy', 'average', 'quality', 'name'],
      run.devices.map(d => [d.device, joules(d.microjoules), watts(d.average_microwatts), d.quality, d.name])));

  const windows = run => put(el('section'), el('h2', 'Windows'),
    table(['window', 'times', 'time', 'energy', 'quality'],
      run.windows.map(w => [w.name, String(w.count), time(w.seconds), joules(sum(w.microjoules)) + w.marks, w.quality])),
    el('p', ['Windows may overlap: do not add them'].concat(run.window_notes).join('; '), 'quiet'));

  const show = run => {
    document.title = run.run + ' - Wattle';
    document.getElementById('run').textContent = run.run + (run.project ? ' (' + run.project + ')' : '') + ' on ' + run.host;
    const parts = [tiles(run)];
    if (run.budget) parts.push(budget(run.budget));
    parts.push(...run.trainings.slice().reverse().map(t => training(t, run.epoch_marks)));
    if (run.trainings_forgotten) parts.push(el('p', run.trainings_forgotten + ' earlier trainings are not shown; the phases include them', 'quiet'));
    if (run.trainings.length && run.phases.length) parts.push(phases(run));
    parts.push(devices(run));
    if (run.windows.length) parts.push(windows(run));
    const at = window.scrollY;
    main.replaceChildren(...parts);
    window.scrollTo(0, at);
  };

  const refresh = async () => {
    try {
      const answer = await fetch('/run', { cache: 'no-store' });
      if (!answer.ok) throw new Error('HTTP ' + answer.status);
      const run = await answer.json();
      show(run);
      state.textContent = 'as of ' + new Date(run.at).toLocaleTimeString();
      state.className = '';
    } catch (e) {
      state.textContent = 'no response since the figures below: the run has ended or is busy';
      state.className = 'stale';
    }
    setTimeout(refresh, document.hidden ? 10 * PERIOD : PERIOD);
  };
  refresh();
})();
