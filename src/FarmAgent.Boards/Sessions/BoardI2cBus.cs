using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Inventory;
using FarmAgent.Boards.Traces;
using FarmAgent.Hardware;
using FarmAgent.Hardware.I2c;

namespace FarmAgent.Boards.Sessions;

/// <summary>An I2C adapter as one board sees it. Thread-safe; jobs run one after the other on the adapter's thread.</summary>
public sealed class BoardI2cBus
{
    private readonly string _board;
    private readonly I2cAdapter _adapter;
    private readonly RecordedI2cBus _recorded;

    internal BoardI2cBus(string board, I2cAdapterDescription description, I2cAdapter adapter, FlightRecorder trace) =>
        (_board, Description, _adapter, _recorded) = (board, description, adapter, new RecordedI2cBus(description.Name, trace));

    /// <summary>The adapter as described.</summary>
    public I2cAdapterDescription Description { get; }

    /// <summary>Why the adapter failed last, with the next step; null while it works.</summary>
    public string? Problem => _adapter.Problem;

    /// <summary>What its thread is doing.</summary>
    public ExecutorStatus Status => _adapter.Status;

    /// <summary>Passes for an address that this board may talk to.</summary>
    /// <param name="address">7-bit address.</param>
    /// <exception cref="RequestException">The adapter is shared and the address is not this board's (<c>I2C_ADDRESS_NOT_DECLARED</c>).</exception>
    public void CheckAddress(I2cAddress address)
    {
        if (!Description.Allows(address))
        {
            throw new RequestException(
                "I2C_ADDRESS_NOT_DECLARED",
                $"Adapter {Description.Name} is shared between boards, and {address} is not declared for {_board} "
                + $"({string.Join(", ", Description.Devices.Select(d => d.Address))} are). Declare it in the board's file if it is this board's.")
                .With("address", address.ToString());
        }
    }

    /// <summary>Runs a job on the adapter's thread.</summary>
    /// <typeparam name="T">Its result.</typeparam>
    /// <param name="token">The right to touch the board.</param>
    /// <param name="what">What it does, for messages.</param>
    /// <param name="job">The job; its token is cancelled when it has to stop.</param>
    /// <param name="limit">Limit of waiting and working together.</param>
    /// <param name="cancellationToken">Leaves the queue, or tells the job to stop.</param>
    /// <exception cref="BoardException">See <see cref="DeviceExecutor.RunAsync"/>.</exception>
    /// <exception cref="HardwareException">The adapter cannot be opened or was lost; the next job opens it again.</exception>
    public Task<T> RunAsync<T>(
        LeaseToken token, string what, Func<II2cBus, CancellationToken, T> job, TimeSpan limit, CancellationToken cancellationToken) =>
        _adapter.RunAsync(token, what, (bus, stop) => job(_recorded.Over(bus), stop), limit, cancellationToken);
}
