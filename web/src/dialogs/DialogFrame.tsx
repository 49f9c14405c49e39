import { useEffect, useRef, type ReactNode } from 'react';
import { Icon } from '../look/icons';
import { useDialogs } from './dialogs';
import './dialogs.css';

interface DialogFrameProps {
  title: string;
  /** Without a visible title and close button. */
  bare?: boolean;
  children: ReactNode;
}

/** A modal dialog: the browser keeps the focus in it, Esc closes it, and the focus comes back. */
export function DialogFrame({ title, bare = false, children }: DialogFrameProps) {
  const { close } = useDialogs();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current!;
    if (!element.open) element.showModal();
    // The browser would begin with the close button.
    element.querySelector<HTMLElement>('input:not([type=radio]), .danger')?.focus();
    return () => element.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={bare ? 'bare' : undefined}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onPointerDown={(event) => {
        if (event.target === dialog.current) close();
      }}
    >
      <div className="dialog-body">
        {!bare && <header><h2>{title}</h2><button className="icon-button" aria-label="Close" onClick={close}><Icon name="close" /></button></header>}
        {children}
      </div>
    </dialog>
  );
}
