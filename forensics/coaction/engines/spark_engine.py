"""Apache Spark: the same question as a bucketed self-join, on a cluster or in Spark's local mode.

Spark takes its master, memory and packages from its own configuration (``spark-defaults.conf``, ``SPARK_CONF_DIR``,
``PYSPARK_SUBMIT_ARGS``); without any it runs on this machine. An object that draws crowds cannot stall one worker,
because acts are joined by (object, stretch of time), not by object.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from forensics.coaction.engines.engine import PAIRS, Engine, Question, columns_of, condition
from forensics.errors import ForensicsError
from forensics.progress import Progress

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def lacking() -> str | None:
    """Return what this machine lacks for Spark, a sentence; None where it can be used."""
    if importlib.util.find_spec("pyspark") is None:
        return "Spark is not installed. Install it with: pip install 'campaign-forensics[spark]'"
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java") is None and not (home and Path(home, "bin", "java").exists()):
        return "Spark needs Java 17 or later, and there is no java command here. Install it, or set JAVA_HOME."
    return None


def _spark(
    paths: Sequence[Path], question: Question, memory_bytes: int, scratch: Path, progress: Progress
) -> pl.DataFrame:
    lacks = lacking()
    if lacks:
        raise ForensicsError(lacks)
    columns = columns_of(paths)
    where = condition(columns, question.layer)
    progress("starting Spark", 0, 0)
    session = _session(memory_bytes, scratch)
    try:
        progress("counting co-actions with Spark", 0, 0)
        acts = session.read.parquet(*(str(path) for path in paths)).where(where)
        pairs = _pairs(acts, question, has_posts="post_id" in columns)
        out = scratch / "pairs"
        pairs.write.parquet(str(out))
    except Exception as error:
        raise ForensicsError("Spark could not count: {error}", error=str(error).splitlines()[0]) from error
    finally:
        with suppress(Exception):  # whatever it is, Spark has gone already
            session.stop()
    return pl.concat(
        [PAIRS.to_frame(), *(pl.read_parquet(file, glob=False).cast(PAIRS) for file in sorted(out.glob("*.parquet")))]
    ).sort("left", "right")


def _session(memory_bytes: int, scratch: Path) -> SparkSession:
    from pyspark.sql import SparkSession  # noqa: PLC0415  an extra, slow to import

    return (
        SparkSession.builder.appName("campaign-forensics")
        .config("spark.driver.memory", f"{max(1, memory_bytes >> 20)}m")
        .config("spark.local.dir", str(scratch))
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.legacy.parquet.nanosAsLong", "true")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )


def _pairs(acts: DataFrame, question: Question, *, has_posts: bool) -> DataFrame:
    """Return the pairs at or above the threshold, in any order."""
    from pyspark.sql import Window  # noqa: PLC0415
    from pyspark.sql import functions as sql  # noqa: PLC0415

    micros = sql.unix_micros(sql.col("acted_at").cast("timestamp"))
    ticked = acts.withColumn("left_tick", sql.floor(micros / sql.lit(question.tick_us)).cast("long"))
    # As ``spilled_acts.pruned``: an act alone in its time is in no pair, and an account with too few others neither.
    in_time = Window.partitionBy("object_id").orderBy("left_tick")
    before, after = (sql.abs(sql.col("left_tick") - step("left_tick").over(in_time)) for step in (sql.lag, sql.lead))
    near = ticked.withColumn("apart", sql.least(before, after)).where(sql.col("apart") <= question.window).drop("apart")
    busy = near.groupBy("account_id").count().where(sql.col("count") >= question.at_least).select("account_id")
    key = ["account_id", "object_id", "acted_at", *(["post_id"] if has_posts else [])]
    ticks = (
        near.join(busy, "account_id", "left_semi")
        .dropDuplicates(key)
        .select(sql.col("account_id").alias("left"), sql.col("object_id").alias("object"), "left_tick")
    )
    stretch = sql.floor(sql.col("left_tick") / sql.lit(question.window + 1)).cast("long")
    here = ticks.withColumn("stretch", stretch)
    others = here.select(
        sql.col("left").alias("right"),
        sql.col("left_tick").alias("right_tick"),
        "object",
        sql.explode(sql.array(*(sql.col("stretch") + step for step in (-1, 0, 1)))).alias("stretch"),
    )
    apart = sql.abs(sql.col("left_tick") - sql.col("right_tick"))
    return (
        here.join(others, ["object", "stretch"])
        .where((sql.col("left") < sql.col("right")) & (apart <= question.window))
        .groupBy("left", "right", "object")
        .agg(sql.count("*").alias("n"))
        .groupBy("left", "right")
        .agg(sql.count("*").alias("n_objects"), sql.sum("n").alias("n_pairs"))
        .where(sql.col("n_objects") >= question.at_least)
    )


ENGINE = Engine("spark", "Apache Spark, on a cluster or on this machine", _spark, lacking)
