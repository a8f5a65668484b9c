namespace FarmAgent.Robot.Output;

/// <summary>The frame of the HTML files: one file with its own style and script, nothing from the network.</summary>
internal static class HtmlPage
{
    private const string Style = """
        :root { color-scheme: light dark; --pass: #1a7f37; --fail: #cf222e; --skip: #9a6700; --none: #6e7781; --line: #8884; }
        body { font: 14px/1.45 system-ui, sans-serif; margin: 1.5rem auto; max-width: 75rem; padding: 0 1rem; }
        table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
        th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
        td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        details { margin: .1rem 0 .1rem .9rem; border-left: 2px solid var(--line); padding-left: .5rem; }
        summary { cursor: pointer; } summary .t { float: right; color: var(--none); font-variant-numeric: tabular-nums; }
        .controls { position: sticky; top: 0; padding: .4rem 0; background: Canvas; } #search { width: min(24rem, 60%); }
        .s { font-weight: 600; font-size: .78rem; padding: 0 .35rem; border-radius: .3rem; color: #fff; background: var(--none); }
        .PASS { background: var(--pass); } .FAIL { background: var(--fail); } .SKIP { background: var(--skip); }
        .k { color: var(--none); font-size: .8rem; } .a { color: var(--none); }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .15rem 0; font: 12.5px/1.4 ui-monospace, monospace; }
        .m { display: grid; grid-template-columns: 7rem 4rem 1fr; gap: .5rem; margin-left: .9rem; }
        .m > span { color: var(--none); font-size: .8rem; } .WARN, .ERROR, .lFAIL { color: var(--fail) !important; }
        """;

    public static void Start(TextWriter output, string title)
    {
        var safe = MarkupText.Escape(title);
        output.Write($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{safe}</title>\n");
        output.Write($"<meta name=\"viewport\" content=\"width=device-width\">\n<style>\n{Style}\n</style>\n</head>\n<body>\n<h1>{safe}</h1>\n");
    }

    public static void End(TextWriter output) => output.Write("""
        <script>
        function reveal() {
          const target = location.hash && document.getElementById(location.hash.slice(1));
          for (let node = target; node; node = node.parentElement) if (node.tagName === 'DETAILS') node.open = true;
          if (target) target.scrollIntoView();
        }
        addEventListener('hashchange', reveal); reveal();
        </script>
        </body>
        </html>

        """);

    /// <summary>A script of the assembly.</summary>
    public static string Script(string name)
    {
        using var reader = new StreamReader(typeof(HtmlPage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    public static string Status(string status) => $"<span class=\"s {status.Replace(" ", "-", StringComparison.Ordinal)}\">{status}</span>";

    /// <summary>Text as it is, or a message that is marked as HTML.</summary>
    public static string Message(string text) => text.StartsWith("*HTML*", StringComparison.Ordinal)
        ? $"<div>{text["*HTML*".Length..]}</div>"
        : text.Length == 0 ? string.Empty : $"<pre>{MarkupText.Escape(text)}</pre>";
}
