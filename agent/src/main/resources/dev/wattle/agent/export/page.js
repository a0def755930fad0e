'use strict';
(() => {
  const { scale, plainScale, quantity, plain, tick, largestOf, isNumber, el, put, table, chart, clock, wantsLog } = wattleCharts;
  const SVG = 'http://www.w3.org/2000/svg';
  const PERIOD = 2000;
  const LONGEST_ANSWER = 10000;
  const ROWS = 12;
  const RECENT_SECONDS = 600;
  const byId = id => document.getElementById(id);
  const svg = (tag, attributes, text) => {
    const e = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
    if (text !== undefined) e.textContent = text;
    return e;
  };
  const setText = (node, text) => { if (node.textContent !== text) node.textContent = text; };
  const named = text => { const b = el('bdi', text, 'name'); return b; };

  const joulesOf = micro => micro / 1e6;
  const sum = energies => Object.values(energies || {}).reduce((a, b) => a + b, 0);
  const time = seconds => {
    if (!isNumber(seconds)) return '-';
    if (seconds < 60) return seconds.toFixed(1) + ' s';
    const s = Math.round(seconds);
    const d = Math.floor(s / 86400), h = Math.floor(s % 86400 / 3600), m = Math.floor(s % 3600 / 60);
    return d ? d + ' d ' + h + ' h' : h ? h + ' h ' + m + ' min' : m + ' min ' + s % 60 + ' s';
  };
  const percent = part => isFinite(part) ? (100 * part).toFixed(1) + ' %' : '-';
  const hourOf = date => new Date(date).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });

  // A part of the page that is built anew only where what it shows has changed.
  const shown = new WeakMap();
  const rebuild = (node, content, build) => {
    const now = JSON.stringify(content);
    if (shown.get(node) === now) return;
    shown.set(node, now);
    node.replaceChildren(...build());
  };

  const bar = parts => put(el('div', undefined, 'bar'), ...parts.map(([share, cls]) => {
    const i = el('i', undefined, cls);
    i.style.width = Math.max(0, Math.min(1, share || 0)) * 100 + '%';
    return i;
  }));

  // ---- power
  let wholeRun = false;
  const powerChart = chart();
  byId('power').append(powerChart.node);

  // The curves of the chart: each device, or each kind of them where they are many; and their sum, known where all are.
  const curves = (run, series) => {
    const known = [...new Set(run.devices.map(d => d.device))].filter(name => series.watts[name]);
    const kinds = Object.fromEntries(run.devices.map(d => [d.device, d.component]));
    let groups = known.map(name => ({ name, members: [name] }));
    if (groups.length > wattleCharts.SERIES_COLOURS - 1) {
      const byKind = {};
      for (const name of known) (byKind[kinds[name] || 'other'] = byKind[kinds[name] || 'other'] || []).push(name);
      groups = Object.entries(byKind).map(([kind, members]) => ({ name: members.length + ' x ' + kind, members }));
    }
    const length = series.unix_seconds.length;
    const add = members => Array.from({ length }, (_, i) => {
      let total = 0;
      for (const m of members) {
        const w = series.watts[m][i];
        if (w === null || w === undefined) return null;
        total += w;
      }
      return total;
    });
    const lines = groups.map((g, i) => ({ name: g.name, values: add(g.members), members: g.members, index: i + 1 }));
    if (lines.length === 1) return [{ ...lines[0], index: 0 }];
    return [{ name: 'together', values: add(known), members: known, index: 0 }, ...lines];
  };

  const niceAbove = v => {
    if (!(v > 0)) return 1;
    const unit = 10 ** Math.floor(Math.log10(v));
    return [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12, 15].map(f => f * unit).find(n => n >= v * 1.02) || 20 * unit;
  };

  const gauge = (now, most) => {
    const end = niceAbove(Math.max(most, now || 0));
    rebuild(byId('gauge'), [now, end], () => {
      const s = svg('svg', { viewBox: '0 0 200 118' });
      const point = (share, r) => [100 - r * Math.cos(Math.PI * share), 100 - r * Math.sin(Math.PI * share)];
      const arc = share => { const [x, y] = point(share, 80); return `M20 100A80 80 0 0 1 ${x.toFixed(2)} ${y.toFixed(2)}`; };
      s.append(svg('path', { class: 'scale', d: arc(1) }));
      const unit = scale('watts', end);
      s.append(svg('text', { x: 20, y: 115, 'text-anchor': 'middle' }, '0'),
        svg('text', { x: 180, y: 115, 'text-anchor': 'middle' }, tick(end / unit.size)));
      if (isNumber(now)) {
        const share = Math.max(0, Math.min(1, now / end));
        if (share > 0) s.append(svg('path', { class: 'value', d: arc(share) }));
        const [x, y] = point(share, 68);
        s.append(svg('path', { class: 'needle', d: `M100 100L${x.toFixed(2)} ${y.toFixed(2)}` }));
      }
      s.append(svg('circle', { class: 'hub', cx: 100, cy: 100, r: 5 }));
      return [s];
    });
  };

  const meanWatts = run => {
    const known = run.devices.map(d => d.average_microwatts).filter(isNumber);
    return known.length ? known.reduce((a, b) => a + b, 0) / 1e6 : undefined;
  };

  const power = run => {
    const history = run.power_history || { recent: { unix_seconds: [], watts: {} }, run: { unix_seconds: [], watts: {} } };
    const series = wholeRun ? history.run : history.recent;
    const lines = curves(run, series);
    const values = lines.flatMap(l => l.values);
    const most = values.reduce((m, v) => v === null ? m : Math.max(m, v), 0);
    const unit = scale('watts', most);
    const now = run.devices.map(d => d.microwatts).filter(isNumber);
    const unread = run.devices.filter(d => !isNumber(d.microwatts) && !d.lost && isNumber(d.average_microwatts)).map(d => d.device);
    const watts = run.ended ? meanWatts(run) : now.length ? now.reduce((a, b) => a + b, 0) / 1e6 : undefined;
    setText(byId('now-title'), run.ended ? 'Mean power of the run' : 'Power now');
    const shownWatts = isNumber(watts) ? scale('watts', watts) : undefined;
    const figure = !shownWatts ? '-' : watts >= 100 * shownWatts.size ? (watts / shownWatts.size).toFixed(0) : (watts / shownWatts.size).toFixed(1);
    setText(byId('watts'), figure);
    setText(byId('watts-unit'), shownWatts ? shownWatts.unit : 'W');
    const qualities = Object.keys(run.microjoules_by_quality || {}).join(' + ');
    const notes = [qualities || 'no device could be read'];
    if (!run.ended && isNumber(meanWatts(run))) notes.push('mean ' + quantity('watts', meanWatts(run)));
    if (!run.ended && unread.length && now.length) notes.push('without ' + unread.join(', '));
    setText(byId('watts-note'), notes.join('; '));
    const top = largestOf(curves(run, history.run)[0].values);
    gauge(watts, top);
    const text = v => unit.text(v) + ' ' + unit.unit;
    const times = series.unix_seconds;
    const span = times.length ? times[times.length - 1] - times[0] : 0;
    powerChart.update({
      label: 'power by device over ' + (wholeRun ? 'the whole run' : 'the last ten minutes') + ', ' + time(span) + ', from 0 to ' + text(most),
      hint: times.length ? 'Point at the chart, or use the arrow keys, to read values.' : 'No power is known yet.',
      x: { time: true, head: 'time', text: s => clock(s, 1) },
      series: lines.map(l => ({ name: l.name, points: false, colour: '--series-' + l.index % wattleCharts.SERIES_COLOURS, width: l.index ? 1.5 : 2.5,
        fill: l.index ? undefined : '--band', dash: l.index ? wattleCharts.DASHES[(l.index - 1) % wattleCharts.DASHES.length] : [], text })),
      range: (min, max) => [0, (isNumber(max) && max > 0 ? max : 1) * 1.08],
      tick: v => tick(v / unit.size) + ' ' + unit.unit,
      outside: false,
    }, [times, ...lines.map(l => l.values)]);
    const latest = l => l.members.reduce((total, m) => {
      const d = run.devices.find(one => one.device === m && isNumber(one.microwatts));
      return total === undefined || !d ? undefined : total + d.microwatts / 1e6;
    }, 0);
    rebuild(byId('legend'), lines.map(l => [l.name, l.index, run.ended ? '' : latest(l), unit.unit]), () => lines.map(l => {
      const key = svg('svg', { width: 26, height: 8, 'aria-hidden': 'true' });
      const line = svg('path', { d: 'M0 4H26', fill: 'none', 'stroke-width': l.index ? 2 : 3.5,
        'stroke-dasharray': l.index ? wattleCharts.DASHES[(l.index - 1) % wattleCharts.DASHES.length].join(' ') : '' });
      line.style.stroke = 'var(--series-' + l.index % wattleCharts.SERIES_COLOURS + ')';
      key.append(line);
      return put(el('li'), key, el('bdi', l.name), ...(run.ended ? [] : [el('span', isNumber(latest(l)) ? text(latest(l)) : 'not known')]));
    }));
    return watts;
  };

  const choose = whole => {
    wholeRun = whole;
    byId('last-minutes').setAttribute('aria-pressed', String(!whole));
    byId('whole-run').setAttribute('aria-pressed', String(whole));
    if (last) power(last);
  };
  byId('last-minutes').addEventListener('click', () => choose(false));
  byId('whole-run').addEventListener('click', () => choose(true));

  // ---- tiles
  const tiles = run => {
    const qualities = Object.keys(run.microjoules_by_quality || {}).join(' + ') || 'no device could be read';
    const where = run.world_average ? 'WORLD AVERAGE, no zone is set'
      : [run.carbon.zone, run.carbon.year, run.carbon.kind].filter(Boolean).join(', ');
    const latest = run.trainings[run.trainings.length - 1];
    const list = [
      ['Energy', quantity('joules', total.joules), quantity('wattHours', total.wattHours) + ', ' + qualities],
      ['CO2e', quantity('grams', run.co2e_grams), (run.equivalence ? 'like ' + run.equivalence + '; ' : '') + plain(run.carbon.grams_per_kwh) + ' g/kWh, ' + where],
      ['Time', time(run.elapsed_seconds), 'since ' + new Date(run.started).toLocaleString()],
    ];
    if (latest) {
      list.push(['Epochs', latest.planned_epochs ? latest.epochs + ' of ' + latest.planned_epochs : String(latest.epochs),
        'training ' + latest.training + (latest.working ? '' : ', not active')]);
    }
    rebuild(byId('tiles'), list, () => list.map(([name, value, note]) =>
      put(el('div', undefined, 'tile'), el('h2', name), el('b', value), el('p', note))));
  };

  const warnings = run => {
    const lines = [];
    for (const u of run.unanswered || []) {
      lines.push(u.source + ' does not respond for ' + time(u.seconds) + ': ' + u.devices.join(', ') + ' not read; ' + u.remedy);
    }
    for (const d of run.devices) {
      if (d.lost_reason) lines.push(d.device + ' was lost at ' + hourOf(d.lost) + ': ' + d.lost_reason);
      if (d.suspect_reason) lines.push(d.device + ' is not believed since ' + hourOf(d.suspect) + ': ' + d.suspect_reason);
    }
    for (const line of run.unmetered || []) lines.push(line);
    rebuild(byId('warnings'), lines, () => lines.length
      ? [put(el('section', undefined, 'notice'), el('h2', 'Warnings'), ...lines.map(line => put(el('p'), el('bdi', line))))] : []);
  };

  const budget = b => rebuild(byId('budget'), b ? [b, last.ended] : null, () => {
    if (!b) return [];
    const cls = b.used_ratio >= 1 ? 'over' : b.used_ratio >= 0.8 ? 'warn' : '';
    return [put(el('section'), el('h2', 'Budget: ' + percent(b.used_ratio) + ' of ' + b.budget), bar([[b.used_ratio, cls]]),
      ...(last && last.ended ? [] : [el('p', b.text, 'quiet')]))];
  });

  // ---- trainings
  const merits = t => {
    const c = t.curve;
    return c ? c.points.map(p => ({ epoch: p[0], x: p[1], y: p[2] })) : [];
  };
  const inLog = (curve, points, wish) => {
    const inside = points.filter(p => p.y >= curve.scale.low && p.y <= curve.scale.high).map(p => p.y);
    const can = inside.length > 1 && inside.every(y => y > 0) && Math.min(...inside) < Math.max(...inside);
    return { can, is: can && (wish === undefined ? wantsLog(inside, Math.min(...inside), Math.max(...inside), curve.higher_is_better) : wish) };
  };

  const makeTraining = number => {
    const section = el('section');
    const title = el('h2');
    const text = el('p', undefined, 'quiet');
    const progress = el('div');
    const projected = el('div');
    const curveBox = el('div');
    const curveTitle = el('h3');
    const buttons = el('div', undefined, 'bar-of-buttons');
    const logButton = el('button', 'Logarithmic');
    const drawn = chart();
    const caption = el('figcaption');
    const epochBox = el('div');
    const epochTable = table('epochs of training ' + number);
    const more = el('button');
    const notes = el('p', undefined, 'quiet');
    let wish, all = false, latest, marks;
    title.id = 'training-' + number;
    section.setAttribute('aria-labelledby', title.id);
    logButton.type = more.type = 'button';
    put(curveBox, curveTitle, put(buttons, logButton), drawn.node);
    drawn.node.append(caption);
    put(epochBox, el('h3', 'Epochs'), epochTable.node, more, notes);
    put(section, title, text, progress, projected, curveBox, epochBox);
    logButton.addEventListener('click', () => { wish = logButton.getAttribute('aria-pressed') !== 'true'; curve(latest); });
    more.addEventListener('click', () => { all = !all; epochs(latest); });

    const curve = t => {
      const points = merits(t);
      curveBox.hidden = points.length < 1;
      if (!points.length) return;
      const c = t.curve;
      const log = inLog(c, points, wish);
      buttons.hidden = !log.can;
      logButton.setAttribute('aria-pressed', String(log.is));
      const unit = scale('wattHours', joulesOf(points[points.length - 1].x) / 3600, total.wattHours);
      const xs = points.map(p => joulesOf(p.x) / 3600);
      const ys = points.map(p => p.y);
      const outside = points.filter(p => p.y < c.scale.low || p.y > c.scale.high);
      const column = plainScale(ys);
      const corner = points.find(p => p.epoch === c.corner_epoch);
      let low = c.scale.low, high = c.scale.high;
      if (low === high) { const d = Math.abs(low) / 10 || 0.5; low -= d; high += d; }
      const inside = ys.filter(y => y >= c.scale.low && y <= c.scale.high && y > 0);
      setText(curveTitle, c.merit + ' over energy');
      drawn.update({
        label: c.merit + ' after each epoch over the energy of the training, from ' + plain(ys[0]) + ' to ' + plain(ys[ys.length - 1]),
        hint: 'Point at the chart, or use the arrow keys, to read values.',
        x: { head: 'epoch', text: (x, i) => 'epoch ' + points[i].epoch + ', ' + quantity('wattHours', x), tick: (v, end) => tick(Number((v / unit.size).toPrecision(6))) + (end ? ' ' + unit.unit : '') },
        series: [{ name: c.merit, colour: '--line', width: 2, text: v => column.text(v) + column.head('') }],
        log: log.is,
        range: () => log.is ? [Math.min(...inside) / 1.2, Math.max(...inside) * 1.2] : [low - (high - low) * 0.04, high + (high - low) * 0.04],
        marks: corner ? [{ x: joulesOf(corner.x) / 3600, text: 'after epoch ' + corner.epoch + (curveBox.clientWidth > 600 ? ' progress costs ' + c.times + ' times more' : ''), low: c.higher_is_better }] : [],
      }, [xs, ys]);
      const words = [t.quality];
      if (outside.length) words.push(outside.length + ' outside the scale, marked by a triangle, the first ' + plain(outside[0].y));
      if (c.text) words.push(c.text);
      setText(caption, words.join('; '));
    };

    const epochs = t => {
      const rows = t.epoch_rows.slice(all ? 0 : -ROWS).reverse();
      epochBox.hidden = !rows.length;
      if (!rows.length) return;
      const merit = t.curve && t.curve.merit !== 'loss' ? t.curve.merit : undefined;
      const seconds = scale('seconds', largestOf(rows.map(e => e.seconds)));
      const energy = scale('joules', largestOf(rows.map(e => joulesOf(sum(e.microjoules)))), total.joules);
      const hours = scale('wattHours', largestOf(rows.map(e => joulesOf(sum(e.microjoules)) / 3600)), total.wattHours);
      const carbon = scale('grams', largestOf(rows.map(e => e.co2e_grams)), total.grams);
      const rates = rows.map(e => e.samples > 0 ? e.samples / e.seconds : undefined);
      const costs = rows.map(e => e.samples > 0 ? joulesOf(sum(e.microjoules)) / e.samples : undefined);
      const rate = scale('number', largestOf(rates));
      const cost = scale('joules', largestOf(costs));
      const loss = plainScale(rows.map(e => e.loss));
      const metric = merit ? plainScale(rows.map(e => e.metrics[merit])) : undefined;
      const heads = ['epoch', seconds.head('time'), energy.head('energy'), hours.head('energy'), carbon.head('CO2e'), 'samples/s',
        cost.unit + '/sample', loss.head('loss')];
      if (merit) heads.push(metric.head(merit));
      epochTable.update(heads, rows.map((e, i) => {
        const used = joulesOf(sum(e.microjoules));
        const row = [(e.first === e.last ? '' : e.first + '-') + e.last + marks.filter(m => e[m.field]).map(m => ' ' + m.sign).join(''),
          seconds.text(e.seconds), energy.text(used), hours.text(used / 3600), carbon.text(e.co2e_grams), rate.text(rates[i]),
          cost.text(costs[i]), loss.text(e.loss)];
        if (merit) row.push(metric.text(e.metrics[merit]));
        return row;
      }));
      more.hidden = t.epoch_rows.length <= ROWS;
      setText(more, all ? 'Show the latest ' + ROWS : 'Show the latest ' + t.epoch_rows.length);
      const words = [];
      if (t.epochs > rows.length) words.push('the latest of ' + t.epochs + ' epochs');
      for (const m of marks) if (rows.some(e => e[m.field])) words.push(m.sign + ' ' + m.meaning);
      setText(notes, words.join('; '));
    };

    const projection = t => {
      const p = t.projection;
      const used = (sum(t.microjoules_by_phase) + (t.inside_microjoules || 0)) / 3.6e9;
      const checks = (t.projections || []).filter(c => c.text).map(c => 'Projected ' + c.text);
      rebuild(projected, [p || null, p ? used : 0, checks], () => {
        const parts = checks.map(line => el('p', line, 'quiet'));
        if (!p) return parts;
        const expected = p.kwh.expected * 1e3;
        const low = isNumber(p.kwh.low) ? p.kwh.low * 1e3 : expected, high = isNumber(p.kwh.high) ? p.kwh.high * 1e3 : expected;
        const end = Math.max(high, used) * 1.05 || 1;
        const unit = scale('wattHours', high, total.wattHours);
        const text = v => unit.text(v) + ' ' + unit.unit;
        const at = (cls, from, to) => {
          const i = el('i', undefined, cls);
          i.style.left = from / end * 100 + '%';
          if (to !== undefined) i.style.width = Math.max(0.2, (to - from) / end * 100) + '%';
          return i;
        };
        const ahead = put(el('div', undefined, 'ahead'), at('range', low, high), at('used', 0, used), at('expected', expected));
        ahead.setAttribute('role', 'img');
        ahead.setAttribute('aria-label', 'used ' + text(used) + ', projected ' + text(expected));
        const words = 'used ' + text(used) + ', projected ' + text(expected) + (low < high ? ' (' + text(low) + ' to ' + text(high) + ')' : '');
        return [el('h3', 'Projection'), ahead, el('p', words),
          el('p', p.text + '. Local time: ' + new Date(p.end).toLocaleString(), 'quiet'), ...parts];
      });
    };

    const update = (t, signs) => {
      latest = t;
      marks = signs;
      rebuild(title, [t.name || '', t.working], () => [document.createTextNode('Training ' + t.training),
        ...(t.name ? [document.createTextNode(', '), el('bdi', t.name)] : []), document.createTextNode(t.working ? '' : ' (not active)')]);
      setText(text, t.text);
      rebuild(progress, [t.epochs, t.planned_epochs || 0], () => {
        if (!t.planned_epochs) return [];
        const b = bar([[t.epochs / t.planned_epochs, '']]);
        b.setAttribute('role', 'img');
        b.setAttribute('aria-label', t.epochs + ' of ' + t.planned_epochs + ' epochs');
        return [b];
      });
      projection(t);
      curve(t);
      epochs(t);
    };
    return { node: section, update };
  };

  const known = new Map();
  const trainings = run => {
    const list = byId('trainings');
    const numbers = run.trainings.map(t => t.training);
    for (const [number, part] of known) {
      if (!numbers.includes(number)) { part.node.remove(); known.delete(number); }
    }
    for (const t of run.trainings) {
      if (!known.has(t.training)) {
        known.set(t.training, makeTraining(t.training));
        list.prepend(known.get(t.training).node);
      }
      known.get(t.training).update(t, run.epoch_marks);
    }
    setText(byId('forgotten'), run.trainings_forgotten ? run.trainings_forgotten + ' earlier trainings are not shown; the phases include them' : '');
  };

  // ---- tables
  const phaseBar = el('div');
  const phaseTable = table('phases');
  byId('phases').append(phaseBar, phaseTable.node);
  const phases = run => {
    byId('phases').hidden = !(run.trainings.length && run.phases.length);
    const all = run.phases.reduce((a, p) => a + sum(p.microjoules), 0);
    const name = p => p.framework === 'none' ? p.phase : p.framework + ' ' + p.phase;
    const cls = p => ['validation', 'inference', 'outside', 'pending'].includes(p.phase) ? p.phase : '';
    const unit = scale('joules', largestOf(run.phases.map(p => joulesOf(sum(p.microjoules)))), total.joules);
    rebuild(phaseBar, run.phases, () => [bar(run.phases.map(p => [sum(p.microjoules) / all, cls(p)]))]);
    phaseTable.update(['phase', unit.head('energy'), 'share'], run.phases.map(p => [
      put(el('span'), el('i', undefined, 'key ' + cls(p)), document.createTextNode(name(p))),
      unit.text(joulesOf(sum(p.microjoules))), percent(sum(p.microjoules) / all)]));
  };

  const deviceTable = table('devices');
  const others = el('p', undefined, 'quiet');
  byId('devices').append(deviceTable.node, others);
  const devices = run => {
    const watts = scale('watts', largestOf(run.devices.flatMap(d => [d.microwatts, d.average_microwatts, d.peak_microwatts]).map(w => w / 1e6)));
    const energy = scale('joules', largestOf(run.devices.map(d => joulesOf(d.microjoules))), total.joules);
    const w = v => watts.text(isNumber(v) ? v / 1e6 : undefined);
    // Both are means over a second; the power now may be the newer one.
    const peak = d => isNumber(d.microwatts) ? Math.max(d.microwatts, d.peak_microwatts || 0) : d.peak_microwatts;
    const covered = d => d.covered_seconds + d.gap_seconds > 0 ? percent(d.covered_seconds / (d.covered_seconds + d.gap_seconds)) : '-';
    const ours = run.devices.some(d => d.process_microjoules !== undefined);
    const heads = ['device', energy.head('energy'), ...(run.ended ? [] : [watts.head('now')]), watts.head('mean'), watts.head('peak'),
      'seen', 'gaps', 'quality', ...(ours ? [energy.head('this JVM')] : [])];
    deviceTable.update(heads, run.devices.map(d => [
      named(d.device), energy.text(joulesOf(d.microjoules)), ...(run.ended ? [] : [w(d.microwatts)]), w(d.average_microwatts), w(peak(d)),
      covered(d), d.gaps ? d.gaps + ' (' + time(d.gap_seconds) + ')' : '0', d.quality,
      ...(ours ? [energy.text(isNumber(d.process_microjoules) ? joulesOf(d.process_microjoules) : undefined)] : [])]));
    const foreign = Object.entries(run.others_microjoules || {}).map(([name, micro]) => name + ' ' + quantity('joules', joulesOf(micro)));
    setText(others, foreign.length ? 'Used by other programs, in no total: ' + foreign.join(', ') : '');
  };

  const windowTable = table('windows');
  const windowNotes = el('p', undefined, 'quiet');
  byId('windows').append(windowTable.node, windowNotes);
  const windows = run => {
    byId('windows').hidden = !run.windows.length;
    const seconds = scale('seconds', largestOf(run.windows.map(w => w.seconds)));
    const energy = scale('joules', largestOf(run.windows.map(w => joulesOf(sum(w.microjoules)))), total.joules);
    windowTable.update(['window', 'times', seconds.head('time'), energy.head('energy'), 'quality'], run.windows.map(w =>
      [named(w.name), String(w.count), seconds.text(w.seconds), energy.text(joulesOf(sum(w.microjoules))) + w.marks, w.quality]));
    setText(windowNotes, ['Windows may overlap: do not add them'].concat(run.window_notes).join('; '));
  };

  const sourceList = el('dl');
  byId('sources').append(sourceList);
  const sources = run => {
    const c = run.carbon;
    const rows = [
      ['carbon intensity', plain(c.grams_per_kwh) + ' g CO2e/kWh for ' + [c.zone, c.year].filter(Boolean).join(', ')
        + (c.kind || c.basis ? ' (' + [c.kind, c.basis].filter(Boolean).join(', ') + ')' : '') + ': ' + c.source],
      ['PUE', plain(c.pue)],
      ...run.devices.map(d => [d.device, [d.name, d.quality, d.scope].filter(Boolean).join(', ') + ': ' + d.source]),
    ];
    rebuild(sourceList, rows, () => rows.flatMap(([name, text]) => [put(el('dt'), el('bdi', name)), put(el('dd'), el('bdi', text))]));
  };

  // ---- the run, again and again
  let last, finished = false;
  let total = {};

  const show = run => {
    if (last && last.run !== run.run) { location.reload(); return; }
    last = run;
    const joules = joulesOf(sum(run.microjoules));
    total = { joules, wattHours: joules / 3600, grams: run.co2e_grams };
    byId('main').hidden = false;
    setText(byId('run'), run.run + (run.project ? ' (' + run.project + ')' : '') + ' on ' + run.host);
    const watts = power(run);
    tiles(run);
    warnings(run);
    budget(run.budget);
    trainings(run);
    phases(run);
    devices(run);
    windows(run);
    sources(run);
    const energy = quantity('joules', joules);
    document.title = (run.ended ? 'ended, ' + energy : isNumber(watts) ? byId('watts').textContent + ' ' + byId('watts-unit').textContent : energy)
      + ' - ' + run.run + ' - Wattle';
    document.documentElement.dataset.at = run.at;
    if (run.ended) {
      finished = true;
      state('ended', 'ended: final figures');
      setText(byId('at'), 'of ' + new Date(run.at).toLocaleString());
    } else {
      state('live', 'live');
      setText(byId('at'), 'as of ' + hourOf(run.at));
    }
  };

  const state = (cls, text) => {
    byId('state').className = cls;
    setText(byId('state'), text);
  };

  const lost = () => {
    if (finished) return;
    state('lost', last ? 'no response: the run has ended or is busy' : 'no response');
    setText(byId('at'), last ? '- figures as of ' + hourOf(last.at) + ', perhaps not the last' : '');
    if (last) document.title = 'no response - ' + last.run + ' - Wattle';
  };

  const ask = async (path, signal) => {
    const answer = await fetch(path, { cache: 'no-store', signal });
    if (answer.status === 204) return undefined;
    if (!answer.ok) throw new Error('HTTP ' + answer.status);
    return answer.json();
  };
  const pause = millis => new Promise(done => setTimeout(done, millis));

  const poll = async () => {
    while (!finished) {
      try {
        const run = await ask('/run', AbortSignal.timeout(LONGEST_ANSWER));
        if (!finished) show(run);
      } catch (e) {
        lost();
      }
      await pause(document.hidden ? 10 * PERIOD : PERIOD);
    }
  };

  // Open all the time: the last figures come when the run ends, which nobody can ask for afterwards.
  const waitForTheEnd = async () => {
    while (!finished) {
      try {
        const run = await ask('/run/end');
        if (run) {
          show(run);
          tabs.postMessage(run);
        }
      } catch (e) {
        await pause(PERIOD);
      }
    }
  };

  // A browser opens six connections to one server: with as many tabs, one of them waits for all.
  const tabs = new BroadcastChannel('wattle');
  tabs.onmessage = message => {
    if (!finished && last && message.data.run === last.run) show(message.data);
  };
  poll();
  if (navigator.locks) navigator.locks.request('wattle-end', waitForTheEnd);
  else waitForTheEnd();
})();
