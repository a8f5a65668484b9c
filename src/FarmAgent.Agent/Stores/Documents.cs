using Google.Protobuf;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Stores;

/// <summary>Receipts and runs as the database keeps them: the API's own messages as JSON, which a person can read too.</summary>
internal static class Documents
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default);
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public static string Format(IMessage message) => Formatter.Format(message);

    public static Wire.FlashReceipt ReadReceipt(string document) => Parser.Parse<Wire.FlashReceipt>(document);

    public static Wire.Run ReadRun(string document) => Parser.Parse<Wire.Run>(document);

    public static Wire.RunEvent ReadRunEvent(string document) => Parser.Parse<Wire.RunEvent>(document);

    public static string RequestIdOf(string document) => document.Length == 0 ? "" : ReadReceipt(document).RequestId;
}
