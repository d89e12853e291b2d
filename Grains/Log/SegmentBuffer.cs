using System.Buffers;

namespace OrleansBilling.Grains.Log;

/// <summary>Collects the records of one segment in pooled memory, with room for the header in front.</summary>
/// <remarks>Not thread-safe: its partition's handle guards it, and the writer owns it while it is in flight.</remarks>
internal sealed class SegmentBuffer
{
    private const int FirstCapacity = 4096;
    private const int KeptCapacity = 4 << 20;

    private readonly FrontCoding _framing = new();
    private byte[] _bytes = [];
    private int _length;
    private long _minEventTicks;
    private long _maxEventTicks;
    private TaskCompletionSource? _completion;

    public int Count { get; private set; }

    public long FirstLsn { get; private set; }

    public long LastLsn => FirstLsn + Count - 1;

    /// <summary>Bytes of records and their lengths, as they were appended: what the writer counts as waiting.</summary>
    public int WaitingBytes { get; private set; }

    /// <summary>One task for everybody who waits for this segment; made when the first one does.</summary>
    public Task Completed =>
        (_completion ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Start(long firstLsn)
    {
        FirstLsn = firstLsn;
        Count = 0;
        WaitingBytes = 0;
        _framing.Start();
        _length = SegmentCodec.HeaderLength;
        _minEventTicks = 0;
        _maxEventTicks = 0;
        _completion = null;
    }

    public void EnsureRoom(int recordLength)
    {
        var needed = _length + FrontCoding.MostFraming + recordLength;
        if (needed <= _bytes.Length)
        {
            return;
        }
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(needed, FirstCapacity), _bytes.Length * 2));
        _bytes.AsSpan(0, Math.Min(_length, _bytes.Length)).CopyTo(larger);
        ReturnBytes();
        _bytes = larger;
    }

    /// <remarks><see cref="EnsureRoom"/> comes first, so that this cannot fail half-way.</remarks>
    public void Add(ReadOnlySpan<byte> record, long eventTicks)
    {
        _length += _framing.Write(_bytes.AsSpan(_length), record);
        WaitingBytes += Varint.SizeOf(record.Length) + record.Length;
        Count++;
        if (eventTicks == 0)
        {
            return;
        }
        var first = _minEventTicks == 0 && _maxEventTicks == 0;
        _minEventTicks = first ? eventTicks : Math.Min(_minEventTicks, eventTicks);
        _maxEventTicks = first ? eventTicks : Math.Max(_maxEventTicks, eventTicks);
    }

    /// <summary>Writes the header; the result refers to this buffer's memory.</summary>
    public SegmentWrite Seal(int partition, long epoch, long recordedTicks)
    {
        var header = new SegmentHeader(
            partition, epoch, FirstLsn, Count, recordedTicks, _minEventTicks, _maxEventTicks);
        SegmentCodec.WriteHeader(_bytes.AsSpan(0, _length), header);
        return new(header, _bytes.AsMemory(0, _length));
    }

    public TaskCompletionSource? TakeCompletion()
    {
        var completion = _completion;
        _completion = null;
        return completion;
    }

    /// <summary>Gives unusually large memory back, so that one burst does not cost memory for ever.</summary>
    public void Recycle()
    {
        if (_bytes.Length > KeptCapacity)
        {
            ReturnBytes();
        }
    }

    private void ReturnBytes()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }
}
