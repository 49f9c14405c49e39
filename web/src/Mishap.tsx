import { Component, type ReactNode } from 'react';

/** What stands where drawing failed: a way out instead of an empty page. */
export class Mishap extends Component<{ children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError = () => ({ failed: true });

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <main className="opening" role="alert">
        <p>Something went wrong while this page was drawn. Your messages are kept.</p>
        <button className="primary" onClick={() => location.reload()}>Reload</button>
      </main>
    );
  }
}
