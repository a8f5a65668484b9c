using FarmAgent.Boards.Executors;
using FarmAgent.Hardware;
using FarmAgent.Hardware.I2c;

namespace FarmAgent.Boards.Sessions;

/// <summary>One adapter of the bench with its thread; boards that share it share this. The bus is opened at first use and again after it was lost.</summary>
internal sealed class I2cAdapter(IHardwareBackend backend, string device, TimeProvider time, ExecutorOptions options) : IDisposable
{
    private readonly DeviceExecutor _executor = new(device, time, options);
    private II2cBus? _bus;
    private volatile string? _problem;

    public string? Problem => _problem;

    public ExecutorStatus Status => _executor.Status;

    public Task<T> RunAsync<T>(
        LeaseToken token, string what, Func<II2cBus, CancellationToken, T> job, TimeSpan limit, CancellationToken cancellationToken) =>
        _executor.RunAsync(token, what, stop => Run(job, stop), limit, cancellationToken);

    public void Dispose()
    {
        _executor.Dispose();
        if (_executor.Status.Job is null)
        {
            _bus?.Dispose();
        }
    }

    private T Run<T>(Func<II2cBus, CancellationToken, T> job, CancellationToken stop)
    {
        try
        {
            _bus ??= backend.OpenI2c(device);
            var result = job(_bus, stop);
            _problem = null;
            return result;
        }
        catch (HardwareException e)
        {
            _problem = $"I2C adapter {device}: {e.Message}";
            _bus?.Dispose();
            _bus = null;
            throw;
        }
    }
}
