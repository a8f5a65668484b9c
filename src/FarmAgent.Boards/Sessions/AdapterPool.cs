using FarmAgent.Boards.Executors;
using FarmAgent.Hardware;

namespace FarmAgent.Boards.Sessions;

/// <summary>The I2C adapters in use, each once however many boards hang on it. Used while boards are set up, by one thread.</summary>
internal sealed class AdapterPool(TimeProvider time, ExecutorOptions options) : IDisposable
{
    private readonly Dictionary<(IHardwareBackend Backend, string Device), I2cAdapter> _adapters = [];

    public I2cAdapter Get(IHardwareBackend backend, string device)
    {
        if (!_adapters.TryGetValue((backend, device), out var adapter))
        {
            adapter = new I2cAdapter(backend, device, time, options);
            _adapters.Add((backend, device), adapter);
        }

        return adapter;
    }

    public void Dispose()
    {
        foreach (var adapter in _adapters.Values)
        {
            adapter.Dispose();
        }
    }
}
