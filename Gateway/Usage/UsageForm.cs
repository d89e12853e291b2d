namespace OrleansBilling.Gateway.Usage;

/// <summary>How a request carries its usage.</summary>
internal enum UsageForm
{
    /// <summary>JSON of ours, or CloudEvents sent as plain JSON: the content decides.</summary>
    Json,

    /// <summary>One CloudEvent, structured mode.</summary>
    Structured,

    /// <summary>An array of CloudEvents, batched mode.</summary>
    Batched,

    /// <summary>One CloudEvent, binary mode: attributes in headers, data in the body.</summary>
    Binary,

    /// <summary>Events of ours as rows of CSV.</summary>
    Csv,

    /// <summary>A message of a queue: as <see cref="Json"/>, or one event of ours by itself.</summary>
    Message,
}
