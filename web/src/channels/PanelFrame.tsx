import type { ReactNode } from 'react';
import { Icon } from '../look/icons';
import { showPanel } from '../routing/route';

export const PanelFrame = ({ title, note, tools, children }: { title: string; note?: ReactNode; tools?: ReactNode; children: ReactNode }) => (
  <aside className="panel" aria-label={title}>
    <header>
      <h2 className="grow cut">{title} {note && <small>{note}</small>}</h2>
      {tools}
      <button className="icon-button" aria-label="Close" title="Close (Esc)" onClick={() => showPanel(null)}><Icon name="close" /></button>
    </header>
    {children}
  </aside>
);
