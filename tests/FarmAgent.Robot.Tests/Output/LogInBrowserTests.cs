using System.Diagnostics;
using FarmAgent.TestKit;

namespace FarmAgent.Robot.Tests.Output;

/// <summary>The log as a browser shows it.</summary>
public sealed class LogInBrowserTests : IDisposable
{
    private const string Suite = """
        *** Test Cases ***
        Good
            [Tags]    fast
            Log    needle in a keyword

        Bad
            [Tags]    slow
            Fail    <b>the reason</b>

        Idle
            No Operation

        """;

    private readonly RobotRuns _run = new();
    private readonly string _chromium = RequiredTool.Find("chromium", "chromium");

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Log_Opened_ShowsTheFailedTestWithItsMessage() => Assert.Contains("&lt;b&gt;the reason&lt;/b&gt;", Shown("log.html"), StringComparison.Ordinal);

    [Theory]
    [InlineData("search.value = 'NEEDLE'", "1 of 3: Good")]
    [InlineData("search.value = 'reason'", "1 of 3: Bad")]
    [InlineData("document.getElementById('status').value = 'FAIL'", "1 of 3: Bad")]
    [InlineData("document.getElementById('tag').value = 'fast'", "1 of 3: Good")]
    [InlineData("search.value = 'nothing like it'", "0 of 3: ")]
    public void Log_Filtered_ShowsOnlyWhatFits(string act, string shown)
    {
        var dom = Shown("log.html", $$"""
            const search = document.getElementById('search');
            {{act}};
            search.dispatchEvent(new Event('input'));
            const names = [...document.getElementById('log').lastElementChild.querySelectorAll(':scope > details > summary')].map(row => row.childNodes[4].textContent);
            document.title = `${document.getElementById('count').textContent}: ${names}`;
            """);

        Assert.Contains($"<title>{shown}</title>", dom, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_Opened_ListsTestsThatAssertedNothing() =>
        Assert.Matches("<ul id=\"vacuous\">\\s*<li>Suite.Good</li>\\s*<li>Suite.Idle</li>", Shown("report.html"));

    private string Shown(string name, string script = "")
    {
        _run.Run(Suite, "--log", "log.html", "--report", "report.html");
        var folder = Path.Combine(Path.GetDirectoryName(_run.Write("x", ""))!, "out");
        var page = Path.Combine(folder, "page.html");
        File.WriteAllText(page, File.ReadAllText(Path.Combine(folder, name)) + $"<script>{script}</script>");
        using var browser = Process.Start(new ProcessStartInfo(
            _chromium,
            ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", $"--user-data-dir={Path.Combine(folder, "profile")}", "--dump-dom", $"file://{page}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        browser.ErrorDataReceived += (_, _) => { };
        browser.BeginErrorReadLine();
        var dom = browser.StandardOutput.ReadToEnd();
        browser.WaitForExit(TimeSpan.FromSeconds(30));
        return dom;
    }
}
