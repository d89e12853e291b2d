namespace OrleansBilling.Documents.Content;

/// <summary>How much a sum stands out.</summary>
internal enum TotalWeight
{
    /// <summary>One of many.</summary>
    Normal,

    /// <summary>The sum with tax, where something was paid already.</summary>
    Strong,

    /// <summary>What is to be paid or was credited.</summary>
    Due,
}
