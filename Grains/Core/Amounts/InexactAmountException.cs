namespace OrleansBilling.Core.Amounts;

/// <summary>
/// An exact result does not fit a <see cref="decimal"/>. <see cref="decimal"/> itself would round silently, and a
/// silently rounded number is a wrong bill.
/// </summary>
public sealed class InexactAmountException : ArithmeticException
{
    /// <summary>With a general message.</summary>
    public InexactAmountException()
        : base("The exact result does not fit a decimal.")
    {
    }

    /// <summary>With a message that holds the operands.</summary>
    public InexactAmountException(string message)
        : base(message)
    {
    }

    /// <summary>With a message that holds the operands, and the overflow that was found.</summary>
    public InexactAmountException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
