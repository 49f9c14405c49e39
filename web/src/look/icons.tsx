import type { ReactNode } from 'react';

const paths = {
  hash: <path d="M9.500 4 8 20M16 4l-1.500 16M4.500 9h16M3.500 15h16" />,
  lock: <><rect x="5" y="11" width="14" height="9" rx="2.500" /><path d="M8 11V8a4 4 0 0 1 8 0v3" /></>,
  search: <><circle cx="11" cy="11" r="6.500" /><path d="m16 16 4.500 4.500" /></>,
  plus: <path d="M12 5v14M5 12h14" />,
  close: <path d="m6 6 12 12M18 6 6 18" />,
  back: <path d="m15 5-7 7 7 7" />,
  down: <path d="M12 5v14m-6-6 6 6 6-6" />,
  up: <path d="M12 19V5m-6 6 6-6 6 6" />,
  chevron: <path d="m7 10 5 5 5-5" />,
  star: <path d="m12 3.800 2.500 5.300 5.700.8-4.100 4.100 1 5.800-5.100-2.800-5.100 2.800 1-5.800L3.800 9.900l5.700-.8z" />,
  bell: <><path d="M6 16V11a6 6 0 0 1 12 0v5l1.500 2h-15z" /><path d="M10 20.500h4" /></>,
  muted: <><path d="M8 6.600A6 6 0 0 1 18 11v4M16.500 18h-12L6 16v-5" /><path d="M10 20.500h4M4 4l16 16" /></>,
  people: <><circle cx="9" cy="8.500" r="3.500" /><path d="M2.800 19.500c.5-3.400 3-5.200 6.200-5.200s5.700 1.800 6.200 5.200M15.500 5.300a3.500 3.500 0 0 1 0 6.400M17.500 14.700c2 .7 3.300 2.300 3.700 4.800" /></>,
  pin: <path d="M9 3.500h6l-.8 6.200 3.300 3.300v1.500h-11V13l3.300-3.300zM12 14.500v6" />,
  calendar: <><rect x="4" y="5.500" width="16" height="15" rx="2.500" /><path d="M4 10h16M8.500 3v4M15.500 3v4" /></>,
  smile: <><circle cx="12" cy="12" r="8.500" /><path d="M8.500 14.200c.8 1.300 2 2 3.500 2s2.700-.7 3.500-2M9 9.500v.5M15 9.500v.5" /></>,
  thread: <path d="M5 5.500h14a1.500 1.500 0 0 1 1.500 1.500v8a1.500 1.500 0 0 1-1.500 1.500h-7L7.500 20v-3.500H5A1.500 1.500 0 0 1 3.500 15V7A1.500 1.500 0 0 1 5 5.500zM8 9.500h8M8 12.500h5" />,
  pencil: <path d="m4.500 19.500 1-4L16 5l3 3L8.500 18.500z" />,
  trash: <path d="M5 7h14M10 4h4M7 7l.8 12.500h8.400L17 7M10.500 11v5M13.500 11v5" />,
  more: <path d="M6 12h.01M12 12h.01M18 12h.01" strokeWidth="3" />,
  send: <path d="M4.500 12 20 4.500 15.500 20l-3.700-6.300zM11.800 13.700 20 4.500" />,
  sun: <><circle cx="12" cy="12" r="4" /><path d="M12 3v1.500M12 19.500V21M3 12h1.500M19.500 12H21M5.600 5.600l1.100 1.100M17.300 17.300l1.100 1.100M18.400 5.600l-1.100 1.100M6.700 17.300l-1.100 1.100" /></>,
  moon: <path d="M19.500 14A8 8 0 0 1 10 4.500a8 8 0 1 0 9.500 9.500z" />,
  system: <><rect x="3.500" y="5" width="17" height="11" rx="2" /><path d="M9 20h6M12 16v4" /></>,
  leave: <path d="M14 4.500H7A1.500 1.500 0 0 0 5.500 6v12A1.500 1.500 0 0 0 7 19.500h7M10.500 12H20m-3-3.500 3.500 3.500-3.500 3.500" />,
  archive: <><rect x="3.500" y="5" width="17" height="4" rx="1" /><path d="M5 9v9.500A1.500 1.500 0 0 0 6.500 20h11a1.500 1.500 0 0 0 1.500-1.500V9M10 13h4" /></>,
  info: <><circle cx="12" cy="12" r="8.500" /><path d="M12 11v5M12 8v.01" /></>,
  retry: <path d="M19.500 12a7.500 7.500 0 1 1-2.300-5.400M19.500 4v4h-4" />,
  eyeOff: <path d="M4 4l16 16M9.900 6.200A8.600 8.600 0 0 1 12 6c5 0 8.500 6 8.500 6a14 14 0 0 1-2.300 2.900M6.300 7.800A13.600 13.600 0 0 0 3.500 12s3.500 6 8.500 6a8 8 0 0 0 3.600-.9" />,
  link: <path d="M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.700-5.700l-1.300 1.300M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.700 5.700l1.300-1.300" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof paths;

/** A drawn sign; what it means is said by the control that it stands in. */
export const Icon = ({ name, size = 18 }: { name: IconName; size?: number }) => (
  <svg className={`icon icon-${name}`} width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
    {paths[name]}
  </svg>
);

export const Logo = ({ size }: { size: number }) => <img className="logo" src="/favicon.svg" width={size} height={size} alt="" />;
