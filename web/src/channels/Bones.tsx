import './bones.css';

/** What stands in for messages until they come. */
export const Bones = () => (
  <div className="bones" role="status" aria-label="Loading messages">
    {[46, 72, 30, 58, 64].map((width) => <div key={width}><span className="bone" style={{ width: 120 }} /><span className="bone" style={{ width: `${width}%` }} /></div>)}
  </div>
);
