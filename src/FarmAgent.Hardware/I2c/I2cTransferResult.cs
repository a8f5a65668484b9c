namespace FarmAgent.Hardware.I2c;

/// <summary>How an I2C transfer ended. All of these are outcomes a test may look at, not exceptions.</summary>
public enum I2cTransferStatus
{
    /// <summary>Every byte was acknowledged (the last one read is not, by the protocol).</summary>
    Ok,

    /// <summary>Nobody acknowledged the address (UM10204 section 3.1.6).</summary>
    AddressNack,

    /// <summary>The device acknowledged its address but refused a data byte.</summary>
    DataNack,

    /// <summary>Another controller won the bus.</summary>
    ArbitrationLost,

    /// <summary>SCL was held low longer than the limit.</summary>
    Timeout,

    /// <summary>SDA or SCL is held low before the transfer could start.</summary>
    BusStuck,

    /// <summary>The adapter itself failed; <see cref="I2cTransferResult.Errno"/> has its number.</summary>
    AdapterFault,
}

/// <summary>Outcome of one transfer.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="BytesWritten">Data bytes that were acknowledged, without the address.</param>
/// <param name="BytesRead">Data bytes received.</param>
/// <param name="Errno">The host's error number where it gave one, else 0.</param>
public readonly record struct I2cTransferResult(I2cTransferStatus Status, int BytesWritten, int BytesRead, int Errno = 0)
{
    /// <summary>True when every byte went through.</summary>
    public bool IsOk => Status == I2cTransferStatus.Ok;

    /// <summary>True when the device, not the bus, refused: no acknowledge of address or data.</summary>
    public bool IsNack => Status is I2cTransferStatus.AddressNack or I2cTransferStatus.DataNack;
}
