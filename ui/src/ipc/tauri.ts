// The real door: Tauri's commands `subscribe`, `act`, `log_page`, `alert_page`, `source_page`, `charts_page` and `past_charts`. The only module that
// imports from `@tauri-apps`.
import { Channel, invoke, isTauri } from "@tauri-apps/api/core";
import type {
  AlertPageView,
  AlertQuery,
  ChartsPageView,
  ChartsQuery,
  Intent,
  LogPageView,
  LogQuery,
  PastChartsView,
  SourcePageView,
  SourceQuery,
  Update,
} from "./bindings";
import type { Connection } from "./connection";

export { isTauri };

export class TauriConnection implements Connection {
  async subscribe(receive: (update: Update) => void): Promise<void> {
    const channel = new Channel<Update>(receive);
    await invoke("subscribe", { channel });
  }

  async act(intent: Intent): Promise<void> {
    await invoke("act", { intent });
  }

  async logPage(query: LogQuery): Promise<LogPageView> {
    return await invoke<LogPageView>("log_page", { query });
  }

  async alertPage(query: AlertQuery): Promise<AlertPageView> {
    return await invoke<AlertPageView>("alert_page", { query });
  }

  async sourcePage(query: SourceQuery): Promise<SourcePageView> {
    return await invoke<SourcePageView>("source_page", { query });
  }

  async chartsPage(query: ChartsQuery): Promise<ChartsPageView> {
    return await invoke<ChartsPageView>("charts_page", { query });
  }

  async pastCharts(): Promise<PastChartsView> {
    return await invoke<PastChartsView>("past_charts");
  }
}
