using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using FarmAgent.TestKit.Processes;

namespace FarmAgent.Benchmarks;

/// <summary>One page in a headless Chromium, driven by its DevTools protocol.</summary>
internal sealed class HeadlessPage : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _browser;
    private readonly ClientWebSocket _socket = new();
    private readonly string _profile;
    private string? _session;
    private int _last;

    private HeadlessPage(Process browser, string profile) => (_browser, _profile) = (browser, profile);

    /// <summary>Opens a file.</summary>
    public static async Task<HeadlessPage> OpenAsync(string chromium, string path)
    {
        var profile = Directory.CreateTempSubdirectory("farm-browser-").FullName;
        var browser = CommandResult.Start(
            chromium, ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", $"--user-data-dir={profile}", "about:blank"]);
        var page = new HeadlessPage(browser, profile);
        using var limit = new CancellationTokenSource(Limit);
        string? line;
        do
        {
            line = await browser.StandardError.ReadLineAsync(limit.Token);
        }
        while (line is not null && !line.Contains("ws://", StringComparison.Ordinal));
        _ = line ?? throw new InvalidOperationException("Chromium did not open its DevTools.");
        _ = Task.Run(() => browser.StandardError.ReadToEndAsync(CancellationToken.None), CancellationToken.None);
        await page._socket.ConnectAsync(new Uri(line[line.IndexOf("ws://", StringComparison.Ordinal)..].Trim()), limit.Token);
        var target = await page.SendAsync("Target.createTarget", new { url = "about:blank" });
        var attached = await page.SendAsync("Target.attachToTarget", new { targetId = target.GetProperty("targetId").GetString(), flatten = true });
        page._session = attached.GetProperty("sessionId").GetString();

        // The answer comes when the new document has taken the place of the empty one; it may still be loading.
        await page.SendAsync("Page.navigate", new { url = new Uri(path).AbsoluteUri });
        return page;
    }

    /// <summary>The number that a script, or its promise, gives.</summary>
    public async Task<double> MeasureAsync(string script)
    {
        var answer = await SendAsync("Runtime.evaluate", new { expression = script, awaitPromise = true, returnByValue = true });
        return answer.GetProperty("result").TryGetProperty("value", out var value) ? value.GetDouble() : throw new InvalidOperationException(answer.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _browser.Kill(entireProcessTree: true);
        await _browser.WaitForExitAsync();
        _browser.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

    private async Task<JsonElement> SendAsync(string method, object parameters)
    {
        using var limit = new CancellationTokenSource(Limit);
        var id = ++_last;
        var message = new Dictionary<string, object?> { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (_session is not null)
        {
            message["sessionId"] = _session;
        }

        await _socket.SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message)), WebSocketMessageType.Text, endOfMessage: true, limit.Token);
        while (true)
        {
            var answer = await ReceiveAsync(limit.Token);
            if (answer.TryGetProperty("id", out var number) && number.GetInt32() == id)
            {
                return answer.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException(answer.ToString());
            }
        }
    }

    private async Task<JsonElement> ReceiveAsync(CancellationToken cancellationToken)
    {
        var text = new MemoryStream();
        var buffer = new byte[64 * 1024];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, cancellationToken);
            text.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonDocument.Parse(text.ToArray()).RootElement;
    }
}
