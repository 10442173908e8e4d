"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";

const themes = [
  { value: "system", title: "Use the system's theme", icon: Monitor },
  { value: "light", title: "Light theme", icon: Sun },
  { value: "dark", title: "Dark theme", icon: Moon },
];

export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  const inBrowser = useSyncExternalStore(nothingToSubscribe, whenInBrowser, whenOnServer);
  return (
    <fieldset className="inline-flex rounded-full border border-line p-0.5">
      <legend className="sr-only">Theme</legend>
      {themes.map(({ value, title, icon: Icon }) => (
        <label
          key={value}
          title={title}
          className="flex size-7 cursor-pointer items-center justify-center rounded-full text-muted hover:text-ink has-checked:bg-sunken has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent-ink"
        >
          <input
            type="radio"
            name="theme"
            value={value}
            checked={inBrowser && theme === value}
            onChange={() => setTheme(value)}
            className="sr-only"
          />
          <Icon aria-hidden className="size-3.5" />
          <span className="sr-only">{title}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** The chosen theme is known to the browser only; the server draws the switch without a choice. */
const nothingToSubscribe = () => () => undefined;
const whenInBrowser = () => true;
const whenOnServer = () => false;
