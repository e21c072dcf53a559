/*
 * The part of Grafana's dashboard model that our dashboards use, from the types that Grafana publishes. What the model leaves
 * open, the options of panels and the queries, is closed here: each kind of panel has the options of its own plugin.
 */
import type {
  Dashboard,
  DataSourceRef,
  FieldConfig,
  FieldConfigSource,
  Panel,
  RowPanel,
} from '@grafana/schema/dist/esm/raw/dashboard/x/Dashboard_types.gen';
import type { Options as BarGaugeOptions } from '@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen';
import type { Options as GaugeOptions } from '@grafana/schema/dist/esm/raw/composable/gauge/panelcfg/x/GaugePanelCfg_types.gen';
import type {
  FieldConfig as HeatmapFieldConfig,
  Options as HeatmapOptions,
} from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen';
import type { Options as StatOptions } from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type { Options as TableOptions } from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type {
  FieldConfig as TimeSeriesFieldConfig,
  Options as TimeSeriesOptions,
} from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

/** A query of Prometheus: its types are no part of the package, since they are its plugin's. */
export interface PrometheusQuery {
  refId: string;
  datasource: DataSourceRef;
  editorMode: 'builder' | 'code';
  exemplar: boolean;
  expr: string;
  format: 'time_series' | 'table' | 'heatmap';
  instant: boolean;
  legendFormat: string;
  range: boolean;
}

/** Nothing: the plugin has no settings for a field. */
export interface NoFieldConfig {}

export interface PanelOf<Type extends string, Options, Custom>
  extends Omit<Panel, 'type' | 'options' | 'targets' | 'fieldConfig'> {
  type: Type;
  options: Options;
  targets: PrometheusQuery[];
  fieldConfig: Omit<FieldConfigSource, 'defaults'> & { defaults: Omit<FieldConfig, 'custom'> & { custom: Custom } };
}

export type LoomPanel =
  | PanelOf<'stat', StatOptions, NoFieldConfig>
  | PanelOf<'gauge', GaugeOptions, NoFieldConfig>
  | PanelOf<'bargauge', BarGaugeOptions, NoFieldConfig>
  | PanelOf<'timeseries', TimeSeriesOptions, TimeSeriesFieldConfig>
  | PanelOf<'heatmap', HeatmapOptions, HeatmapFieldConfig>
  | PanelOf<'table', TableOptions, NoFieldConfig>;

export interface LoomRow extends Omit<RowPanel, 'panels'> {
  panels: LoomPanel[];
}

export interface LoomDashboard extends Omit<Dashboard, 'panels'> {
  panels: Array<LoomPanel | LoomRow>;
}

/** The same as it stands in a file: the values of enumerations are texts. */
export type Json<T> = T extends string
  ? `${T}`
  : T extends number | boolean | null | undefined
    ? T
    : T extends Array<infer E>
      ? Array<Json<E>>
      : T extends object
        ? { [K in keyof T]: Json<T[K]> }
        : T;
