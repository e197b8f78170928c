// A value that views can watch: get, set, and useWatched(value) in a component.
import { useEffect, useState } from 'preact/hooks';

export function watched(value) {
  const watchers = new Set();
  return {
    get: () => value,
    set(next) {
      if (next === value) return;
      value = next;
      for (const watcher of [...watchers]) watcher(value);
    },
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}

export function useWatched(it) {
  const [value, set] = useState(it.get());
  useEffect(() => {
    set(it.get());
    return it.watch(set);
  }, [it]);
  return value;
}
