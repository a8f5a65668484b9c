using System.Diagnostics;
using FarmAgent.Simulation.Proof.Cases;

namespace FarmAgent.Simulation.Proof.Machines;

/// <summary>Runs a batch, or a whole program, on <c>qemu-system-arm -M mps2-an385</c>: another implementation of a Cortex-M3, by other people.</summary>
internal sealed class QemuMachine(string program) : IDisposable
{
    private const int Patience = 10_000;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cpu-proof-");

    public void Dispose() => _folder.Delete(recursive: true);

    public List<CaseResult> Run(CaseBatch batch)
    {
        var harness = Path.Combine(_folder.FullName, "harness.bin");
        var memory = Path.Combine(_folder.FullName, "batch.bin");
        var results = Path.Combine(_folder.FullName, "results.bin");
        File.WriteAllBytes(harness, Harness.Image());
        File.WriteAllBytes(memory, batch.ToMemory(results));
        File.Delete(results);
        var said = Execute($"loader,file={harness},addr=0", $"loader,file={memory},addr=0x{CaseLayout.Batch:X8}");
        var bytes = File.Exists(results) ? File.ReadAllBytes(results) : [];
        if (bytes.Length < (batch.Cases.Count + 1) * CaseLayout.ResultSize)
        {
            // Some states of the guest end it at once, others keep it busy for ever; both are found by halving.
            throw new TimeoutException($"QEMU wrote {bytes.Length} bytes of results for {batch.Cases.Count} cases: {said}");
        }

        return InterpreterMachine.ResultsOf(bytes, batch.Cases.Count);
    }

    /// <summary>Runs an image for address 0 that ends by itself.</summary>
    /// <returns>What it wrote by semihosting.</returns>
    public string Run(byte[] image)
    {
        var path = Path.Combine(_folder.FullName, "image.bin");
        File.WriteAllBytes(path, image);
        return Execute($"loader,file={path},addr=0");
    }

    private string Execute(params string[] devices)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in (string[])["-M", "mps2-an385", "-nodefaults", "-net", "none", "-display", "none", "-monitor", "none", "-serial", "none",
            "-semihosting-config", "enable=on,target=native", .. devices.SelectMany(device => (string[])["-device", device])])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            throw new TimeoutException($"{program} did not end within {Patience / 1000} s.");
        }

        // Semihosting writes to the error output, beside the machine's own remarks.
        return string.Join('\n', (output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult()).Split('\n')
            .Where(line => !line.StartsWith(Path.GetFileName(program), StringComparison.Ordinal)));
    }
}
