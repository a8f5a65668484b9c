using FarmAgent.Boards.FlashRecords;
using FarmAgent.Flashing;
using Microsoft.Data.Sqlite;

namespace FarmAgent.Agent.Stores;

/// <summary>What is known of flashes, and all receipts, in the state database.</summary>
/// <param name="database">The state database.</param>
/// <param name="room">Refuses to begin before the disk is full.</param>
internal sealed class FlashRecordStore(StateDatabase database, StateRoom room) : IFlashRecordStore
{
    public Task<IReadOnlyList<FlashContent>> LoadAsync(CancellationToken cancellationToken) => database.RunAsync<IReadOnlyList<FlashContent>>(
        db => db.Query("SELECT * FROM flash_contents", row => ReadContent(db, row)), cancellationToken);

    public Task SaveIntentAsync(FlashIntent intent, CancellationToken cancellationToken)
    {
        room.Check("this flash");
        return WriteIntentAsync(intent, cancellationToken);
    }

    private Task WriteIntentAsync(FlashIntent intent, CancellationToken cancellationToken) => database.RunAsync(
        db => db.Execute(
            """
            INSERT INTO flash_contents(board, intent_operation, intent_image, intent_file, intent_touched, intent_lease, intent_time)
            VALUES($board, $operation, $image, $file, $touched, $lease, $time)
            ON CONFLICT(board) DO UPDATE SET intent_operation=$operation, intent_image=$image, intent_file=$file,
              intent_touched=$touched, intent_lease=$lease, intent_time=$time
            """,
            ("$board", intent.Board), ("$operation", intent.OperationId), ("$image", intent.ImageSha256), ("$file", intent.FileName),
            ("$touched", intent.Touched.ToColumn()), ("$lease", intent.LeaseId), ("$time", intent.Time.ToColumn())),
        cancellationToken);

    public Task SaveProofAsync(FlashProof proof, CancellationToken cancellationToken) => database.RunAsync(
        db =>
        {
            db.Execute(
                """
                INSERT OR IGNORE INTO receipts(id, board, operation, request_id, image_sha256, file_name, probe_serial, device_id_code, chip_unique_id, time, document)
                VALUES($id, $board, $operation, $request, $image, $file, $probe, $device, $chip, $time, $document)
                """,
                ("$id", proof.ReceiptId), ("$board", proof.Board), ("$operation", proof.OperationId),
                ("$request", Documents.RequestIdOf(proof.Document)), ("$image", proof.ImageSha256),
                ("$file", proof.FileName), ("$probe", proof.ProbeSerial), ("$device", (long)proof.DeviceIdCode), ("$chip", proof.ChipUniqueId),
                ("$time", proof.Time.ToColumn()), ("$document", proof.Document));
            return SetContent(db, proof.Board, proof.ReceiptId, "", []);
        },
        cancellationToken);

    public Task SaveInvalidAsync(string board, string reason, IReadOnlyList<AddressRange> undefined, CancellationToken cancellationToken) =>
        database.RunAsync(db => SetContent(db, board, receipt: null, reason, undefined), cancellationToken);

    /// <summary>Documents of receipts, newest first.</summary>
    /// <param name="board">Name of the board; null for all.</param>
    /// <param name="requestId">Only the one with this id; null for all.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task<List<string>> ListReceiptsAsync(string? board, string? requestId, int most, CancellationToken cancellationToken) => database.RunAsync(
        db => db.Query(
            "SELECT document FROM receipts WHERE ($board IS NULL OR board=$board) AND ($request IS NULL OR request_id=$request) ORDER BY time DESC LIMIT $most",
            row => row.GetString(0),
            ("$board", board), ("$request", requestId), ("$most", most)),
        cancellationToken);

    private static int SetContent(SqliteConnection db, string board, string? receipt, string reason, IReadOnlyList<AddressRange> undefined) => db.Execute(
        """
        INSERT INTO flash_contents(board, receipt, invalid_reason, undefined) VALUES($board, $receipt, $reason, $undefined)
        ON CONFLICT(board) DO UPDATE SET receipt=$receipt, invalid_reason=$reason, undefined=$undefined,
          intent_operation=NULL, intent_image=NULL, intent_file=NULL, intent_touched=NULL, intent_lease=NULL, intent_time=NULL
        """,
        ("$board", board), ("$receipt", receipt), ("$reason", reason), ("$undefined", undefined.ToColumn()));

    private static FlashContent ReadContent(SqliteConnection db, SqliteDataReader row)
    {
        var board = row.Text("board");
        var receipt = row.TextOrNull("receipt");
        var proof = receipt is null ? null : db.Query("SELECT * FROM receipts WHERE id=$id", ReadProof, ("$id", receipt)).FirstOrDefault();
        var reason = row.Text("invalid_reason");
        return new FlashContent
        {
            Board = board,
            Proof = proof,
            InvalidReason = proof is null && reason.Length == 0 ? "never flashed by this agent" : reason,
            Undefined = SqliteExtensions.RangesOf(row.Text("undefined")),
            Intent = row.TextOrNull("intent_operation") is { } operation ? ReadIntent(board, operation, row) : null,
        };
    }

    private static FlashIntent ReadIntent(string board, string operation, SqliteDataReader row) => new()
    {
        Board = board,
        OperationId = operation,
        ImageSha256 = row.TextOrNull("intent_image"),
        FileName = row.TextOrNull("intent_file"),
        Touched = SqliteExtensions.RangesOf(row.Text("intent_touched")),
        LeaseId = row.Text("intent_lease"),
        Time = row.Time("intent_time"),
    };

    private static FlashProof ReadProof(SqliteDataReader row) => new()
    {
        ReceiptId = row.Text("id"),
        OperationId = row.Text("operation"),
        Board = row.Text("board"),
        ImageSha256 = row.Text("image_sha256"),
        FileName = row.Text("file_name"),
        ProbeSerial = row.Text("probe_serial"),
        DeviceIdCode = (uint)row.Number("device_id_code"),
        ChipUniqueId = row.TextOrNull("chip_unique_id"),
        Time = row.Time("time"),
        Document = row.Text("document"),
    };
}
