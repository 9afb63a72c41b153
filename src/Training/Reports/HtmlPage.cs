using System.Net;

namespace MedicalGpt.Training;

/// <summary>Frame of a report: one file, no scripts, nothing loaded from elsewhere.</summary>
internal static class HtmlPage
{
    private const string Style = """
        :root{--ink:#1c2430;--soft:#5c6775;--line:#d9dee5;--page:#fff;--panel:#f6f8fa;--a:#1f6feb;--b:#d9480f;--warn:#9a3412}
        @media(prefers-color-scheme:dark){:root{--ink:#e6e9ee;--soft:#9aa5b1;--line:#363d47;--page:#14181d;--panel:#1c2127;--a:#6ea8fe;--b:#ff9a66;--warn:#ffb48a}}
        body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page);max-width:1180px;margin:2rem auto;padding:0 1.2rem}
        h1{font-size:1.7rem;margin:0 0 .2rem}h2{margin:2.4rem 0 .6rem;font-size:1.25rem;border-top:1px solid var(--line);padding-top:1.4rem}h3{margin:1.4rem 0 .5rem;font-size:1rem}
        .soft{color:var(--soft)}.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(330px,1fr));gap:.8rem}.charts figure{margin:0;background:var(--panel);border-radius:8px;padding:.3rem}
        svg{width:100%;height:auto;display:block}svg text{font:11px system-ui,sans-serif;fill:var(--soft)}svg .title{font-weight:600;font-size:12.5px;fill:var(--ink)}.grid{stroke:var(--line);stroke-width:1}
        polyline{fill:none;stroke-width:1.8}.line0{stroke:var(--a)}.line1{stroke:var(--b)}.dot0{fill:var(--a)}.dot1{fill:var(--b)}
        .scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:14px}th,td{text-align:left;vertical-align:top;padding:.4rem .7rem;border-bottom:1px solid var(--line)}th{color:var(--soft);font-weight:600;white-space:nowrap}
        td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td.t{white-space:pre-wrap;max-width:26rem;overflow-wrap:anywhere}.finding{background:var(--panel);border-left:3px solid var(--warn);padding:.5rem .8rem;margin:.5rem 0;border-radius:4px}.key i{display:inline-block;width:.9em;height:.25em;margin:0 .4em .2em 1em}
        """;

    public static string Encode(string? text) => WebUtility.HtmlEncode(text ?? "");

    public static string Wrap(string title, string body) =>
        $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{Encode(title)}</title><style>{Style}</style></head>\n<body>{body}</body></html>\n";
}
